"""The door: who is there, by which sign-in, and what comes in at all."""
