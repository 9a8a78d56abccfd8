"""Questions for sets: a piece of a message as signs, forms that are read in them, and the set or claim they make."""
