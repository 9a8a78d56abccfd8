"""Questions as values: read into queries, answered over plans."""
