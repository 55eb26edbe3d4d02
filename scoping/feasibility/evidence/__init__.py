"""What follows from the evidence that a proposal carries."""
