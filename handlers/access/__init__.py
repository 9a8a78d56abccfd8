"""Who may do what, and who answers for what."""
