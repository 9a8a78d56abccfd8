"""The codes in the lines of buttons about answers."""

SKIP = "skip"
"""In the place of what is wrong with an answer: nothing more is said of it."""

EVERYBODY = "all"
"""In the place of a unit: all that owe figures."""
