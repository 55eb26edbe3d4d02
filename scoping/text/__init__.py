"""Where things are said: languages, numbers and dates in words, what people call a field."""
