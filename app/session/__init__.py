"""What a browser session has open, who is at the screen, and what all sessions share."""
