"""The words that tell what is asked, as words of the vocabulary; they are listed in lexicon/cues.yaml."""

from collections.abc import Iterator

from knowledge.language.lattice import Sense, Word
from knowledge.language.lexicon import cue_groups, fillers, heard_cues


def cue_words() -> Iterator[Word]:
    """Every cue and filler as a word of the vocabulary."""
    heard = heard_cues()
    for tags, words in cue_groups():
        for word in words:
            yield Word(word, Sense.CUE, tags, literal=word not in heard)
    for word in fillers():
        yield Word(word, Sense.FILLER, "")
