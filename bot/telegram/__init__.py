"""The channel Telegram: what comes from it as values, and what is said rendered, sent and accounted for."""
