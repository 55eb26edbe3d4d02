"""A small read-only JSON API beside the pages."""
