"""The JSON API beside the pages: the same documents, under the same rules."""
