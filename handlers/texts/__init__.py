"""Sentences that several conversations share."""
