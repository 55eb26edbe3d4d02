"""Samples of a team's data between their upload and the end of their probe: held on this server, and never kept.

folder.py    the private folder in which they lie; what an earlier server left behind is removed
header.py    the names of the columns, read in a process of its own
samples.py   which samples are held, which probes run, who waits, and when each of them is removed
"""
