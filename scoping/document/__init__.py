"""The document in which a team writes down what it knows and guesses: its sections, its fields, its places.

A file a section; `proposal` puts them together, `rules` says what must go together, `reading` is the way in and
out, `upgrades` keeps old documents readable, `walk` is the one walker over declared fields.
"""
