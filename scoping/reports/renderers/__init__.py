"""The formats of the memo. Each draws a Memo, or a part of it, knows nothing else, and computes nothing."""
