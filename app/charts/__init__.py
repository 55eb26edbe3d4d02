"""Draws figure data for the pages."""
