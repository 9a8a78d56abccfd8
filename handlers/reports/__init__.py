"""Reports in chat: read, shown on a card, confirmed, kept with evidence, and what becomes of them."""
