"""Files with many ideas: read in a process of its own, limited in size, previewed before anything is saved."""
