"""The export formats. Each draws a Summary, or a part of it, and computes nothing."""
