"""The commands: one file each, which declares COMMAND."""
