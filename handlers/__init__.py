"""Conversations: one update in, the calls to make out."""
