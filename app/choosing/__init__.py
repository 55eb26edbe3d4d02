"""Choosing among the saved proposals: what there is to choose among, studied once for all sessions."""
