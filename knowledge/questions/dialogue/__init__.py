"""What a chat remembers, and what a follow-up takes from it."""
