"""Writing to others: announcements, bulletins, single messages, and what did not arrive."""
