"""Reads a sample of a team's data where that data is allowed to be, and writes one small evidence document.

    asked.py       what a person asks for: the source, the target, the roles of columns, the limits
    sample.py      what is measured on: a random sample, columns in memory, with their roles
    classes.py     the classes of columns that hold few, and one of them against all others
    sources/       files, tables by URL and Spark behind one door; what cannot be read is refused in words
    profile/       the profile: written once, run where the data is
    measuring/     signal, leakage, learning curve, labels, vanishing inputs, inference time: on the sample
    running.py     a process of its own, with limits on memory and time, progress, and a way to stop it

The one part of scoping that may import dataframe libraries, DuckDB and scikit-learn; nothing else in scoping knows it.
"""
