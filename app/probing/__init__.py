"""Samples of a team's data between their upload and the end of their probe: held on this server, and never kept.

    folder.py    the private folder in which they lie; what an earlier server left behind is removed
    samples.py   which samples are held, which probes run, who waits, and when each of them is removed
"""
