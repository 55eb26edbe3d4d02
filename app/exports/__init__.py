"""Files for people: what goes into them, how they look, how they are downloaded."""
