"""The home of each role: what is owed now in figures, what leads to it, and all that a person may do."""
