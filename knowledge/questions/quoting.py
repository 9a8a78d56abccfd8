"""The words of a question that a name was taken from."""


def as_said(name: str, question: str) -> str:
    """The stretch of the question that a name was taken from: in quotes stands only what a person has written.

    What is left of a sentence when its known words are taken out (今…气…样 of 今天天气怎么样) is nobody's word.
    """
    letters, text = name.lower(), question.lower()
    end = 0
    for letter in letters:
        found = text.find(letter, end)
        if found < 0:
            return name
        end = found + 1
    start = end
    for letter in reversed(letters):
        start = text.rfind(letter, 0, start)
    if len(text) != len(question):  # İ is two letters when small: the places are not the same
        return name
    return "".join(char for char in question[start:end] if char.isprintable() and char not in _QUOTES).strip()


_QUOTES = set('“”"„‟「」『』')
"""What is quoted is put in quotes of its own: those that somebody typed inside it would not pair."""
