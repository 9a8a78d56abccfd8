"""Databases of released versions, filled by these versions themselves, and what Telegram held then."""
