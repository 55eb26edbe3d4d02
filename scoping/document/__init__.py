"""The document in which a team writes down what it knows and guesses: its sections, its fields, its places."""
