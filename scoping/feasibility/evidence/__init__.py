"""What follows from an evidence document: learning curves, ceilings, the chance that a quality is reached."""
