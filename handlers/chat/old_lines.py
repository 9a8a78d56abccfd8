"""Lines that 0.1 wrote into buttons, questions to be answered and turns, as they are written now.

They held the words of their labels. A button works for thirty days: this and its words can go after 30 June 2027.
"""

from handlers.chat.command_words import in_codes
from handlers.chat.texts_old_lines import PLACES


def current(line: str) -> str:
    """The line in today's codes; a question is as it was."""
    if not line.startswith("/"):
        return line
    name, space, rest = line[1:].partition(" ")
    return f"/{name}{space}{in_codes(name, rest, PLACES)}"
