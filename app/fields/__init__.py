"""Fields and tables of the form: one call a field, saved as soon as it changes."""
