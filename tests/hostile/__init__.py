"""What is not meant well: requests, documents and ends of processes, many of them by hand, some of them as tests."""
