"""Where the plan stands, for one asker."""
