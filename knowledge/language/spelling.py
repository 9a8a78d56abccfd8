"""Words typed with another character of exactly the same sound: 战比 for 占比."""

from collections.abc import Callable

from knowledge.language.lexicon import often_misspelt, readings
from knowledge.language.normalize import is_han


def respelled(text: str, is_known: Callable[[str], bool]) -> str:
    """`text` with such words put right, where neither the pair nor the other pair of the wrong character `is_known`.

    So nothing is put right across words (车站比), and every character keeps its place.
    """
    for at in range(len(text) - 1):
        pair = text[at : at + 2]
        word = next((word for word in often_misspelt() if _sounds_like(pair, word)), None)
        if word is None:
            continue
        beside = text[max(0, at - 1) : at + 1] if pair[1] == word[1] else text[at + 1 : at + 3]
        if not is_known(pair) and not is_known(beside):
            text = text[:at] + word + text[at + 2 :]
    return text


def _sounds_like(pair: str, word: str) -> bool:
    """Whether a pair is a word but for one character, and that one sounds the same."""
    if (pair[0] == word[0]) == (pair[1] == word[1]):
        return False
    typed, meant = (pair[0], word[0]) if pair[1] == word[1] else (pair[1], word[1])
    return is_han(typed) and bool(set(readings(typed)) & set(readings(meant)))
