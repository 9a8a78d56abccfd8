"""What a piece asks for: its intent, its subject and its conditions."""
