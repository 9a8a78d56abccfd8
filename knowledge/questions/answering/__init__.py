"""Queries answered over plans and progress, and what to offer where one cannot be."""
