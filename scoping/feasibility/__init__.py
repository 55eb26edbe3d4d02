"""Whether it can be done: the questions, the gates, the score by area."""
