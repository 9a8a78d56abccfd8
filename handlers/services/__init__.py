"""What every conversation may use, and that knows no chat: questions, units, clock, codes, limits."""
