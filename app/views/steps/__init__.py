"""The steps of the Proposal page: one file a step, at most some forty fields each."""
