"""How Chinese is read, whatever it is about."""
