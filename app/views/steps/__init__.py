"""The steps of the Proposal page: one file a step, which declares STEP; at most some forty fields each."""
