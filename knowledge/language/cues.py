"""The words that tell what is asked, as words of the vocabulary; they are listed in lexicon/cues.yaml."""

from collections.abc import Iterator
from enum import Enum
from functools import cache

from knowledge.language.lattice import Sense, Word
from knowledge.language.lexicon import LexiconError, cue_groups, fillers, heard_cues, line_of_cues


class CueTag(Enum):
    """What a cue tells; SOON is of no word, but of a day that something is due by."""

    AGAIN = "again"
    AMONG = "among"
    AMOUNT = "amount"
    AND = "and"
    ASSIST = "assist"
    AT_LEAST = "atleast"
    AVERAGE = "average"
    BACK = "back"
    BEHIND = "behind"
    BESIDES = "besides"
    BOTH = "both"
    BUT = "but"
    CARD = "card"
    COMPARE = "compare"
    CORRECT = "correct"
    DATED = "dated"
    DAYS = "days"
    DETAIL = "detail"
    DONE = "done"
    EXCEPT = "except"
    HELLO = "hello"
    HELP = "help"
    HELPERS = "helpers"
    HOUSES = "houses"
    HOW_MANY = "howmany"
    LARGEST = "largest"
    LEAD = "lead"
    LEAST = "least"
    LESS = "less"
    LIGHT = "light"
    LIST = "list"
    MAINTAIN = "maintain"
    MINE = "mine"
    MORE = "more"
    MOST = "most"
    NEXT = "next"
    NOT = "not"
    OF_THEM = "ofthem"
    ONLY = "only"
    OR = "or"
    OUTSIDE = "outside"
    OWN = "own"
    PERSON = "person"
    PLAN = "plan"
    PROGRESS = "progress"
    QUANTIFIED = "quantified"
    REST = "rest"
    REVERSE = "reverse"
    SAID = "said"
    SAME = "same"
    SAY = "say"
    SECTION = "section"
    SOON = "soon"
    SUM = "sum"
    SWITCH = "switch"
    TARGET = "target"
    TASK = "task"
    THANKS = "thanks"
    THAT = "that"
    THEY = "they"
    THIS_YEAR = "thisyear"
    TOTAL = "total"
    UNDATED = "undated"
    UNIT = "unit"
    UNLED = "unled"
    UNQUANTIFIED = "unquantified"
    UNREPORTED = "unreported"
    WHAT = "what"
    WHEN = "when"
    WHERE = "where"
    WHICH = "which"
    WHICH_MORE = "which_more"
    WHO = "who"
    WHOLE = "whole"
    WHY = "why"
    YEARLY = "yearly"
    YEAR_END = "yearend"
    YES_NO = "yesno"

    __hash__ = object.__hash__  # a member is only itself; that of Enum is Python, and every question looks up hundreds


@cache
def tags_in(tags: str) -> frozenset[CueTag]:
    """The tags of a cue, as its word of the vocabulary carries them."""
    return frozenset(map(CueTag, tags.split()))


def cue_words() -> Iterator[Word]:
    """Every cue and filler as a word of the vocabulary. Raises LexiconError for a tag that there is not."""
    heard = heard_cues()
    for number, (tags, words) in enumerate(cue_groups()):
        try:
            tags_in(tags)
        except ValueError as error:
            raise LexiconError(f"{line_of_cues(number)}: {error}") from None
        for word in words:
            yield Word(word, Sense.CUE, tags, literal=word not in heard)
    for word in fillers():
        yield Word(word, Sense.FILLER, "")
