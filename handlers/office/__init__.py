"""What the office keeps and sets: cards, calendar, rules, names, and the bot's own outbox."""
