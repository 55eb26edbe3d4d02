"""The formats of data: each takes a Summary, and may know the proposal, the assessment and the value model."""
