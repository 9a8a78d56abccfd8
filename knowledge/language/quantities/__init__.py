"""Quantities as people write them: numerals, the units they are counted in, and what stands around them."""
