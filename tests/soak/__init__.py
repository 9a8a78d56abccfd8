"""The bot killed at random moments while a quarter goes by: what arrives must be what an undisturbed run decides."""
