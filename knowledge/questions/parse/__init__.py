"""A message cut into pieces, and a piece into its parts."""
