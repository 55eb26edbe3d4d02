"""The app: pages, command line, JSON API."""

import os

# The matrices here are small: threads of the linear algebra library would only wait for each other, and a server
# has other sessions to use its cores for. It reads this when numpy is imported first, which is after this line.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
