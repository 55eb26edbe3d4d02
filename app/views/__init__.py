"""The pages: one file a page, which declares PAGE. Steps and parts of pages have folders of their own."""
