"""The years that a question names: 2027年底, 27年前, 二〇二七年, 明年. A year means its end; 年底 alone is none."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.language.cues import CueTag
from knowledge.language.dates.numerals import year_number
from knowledge.language.lattice import SEGMENT, Cell, How, Match, Sense, Word
from knowledge.questions.parse.utterance import Piece

_ZERO = "〇零"
_DIGIT = "〇零一二三四五六七八九"
_MEASURED = "多余几万亿千百十个家元斤%倍座条户人名亩所吨级番镇村处项强张台套辆件次平公里米"  # 2030家 is no year
_END = "(?:年底前?|年末前?|底前?|末前?|年前|前)?"
_YEAR = re.compile(
    rf"到?(?:20[1-4]\d年(?!\d{{1,2}}月){_END}|20[1-4]\d(?:年12月31日?|-12-31)"
    rf"|(?<!\d)20[1-4]\d(?:年?[底末]前?)?(?![\d.,年月{_MEASURED}])"
    rf"|(?<![\d.])[1-4]\d年(?:底前?|末前?|前)(?!后)|(?<![\d.])2[1-9]年(?![内间以之来期])"
    rf"|二[{_ZERO}][一二三四][{_DIGIT}]年{_END}|二[一二三四五六七八九]年{_END}|三[{_ZERO}]年(?:底|末)前?)"
    rf"|明年{_END}|后年{_END}|去年{_END}"
)
_FROM_TODAY = {"明年": 1, "后年": 2, "去年": -1}
_SAID = re.compile(rf"到?(20\d\d|(?:\d\d|[{_DIGIT}]{{2,4}})(?=年))")  # 三年后, 12月31日 name none


def year_matches(cells: tuple[Cell, ...]) -> Iterator[Match]:
    """Every year as a cue `yearend`, beside the words of the vocabulary: a longer name of the plan may hold it."""
    text = "".join(cell.text if not cell.typed else "\0" for cell in cells)
    for found in _YEAR.finditer(text):
        start, end = found.span()
        yield Match(start, end, (Word(found[0], Sense.CUE, CueTag.YEAR_END.value),), How.EXACT, end - start - SEGMENT)


def years_of(piece: Piece, today: date) -> tuple[int, ...]:
    """The years that a piece names, outside the names of the plan."""
    said = (cue.text for cue in piece.cues if CueTag.YEAR_END in cue.tags)
    return tuple(dict.fromkeys(year for one in said if (year := _year(one, today))))


def _year(said: str, today: date) -> int | None:
    for word, years in _FROM_TODAY.items():
        if said.startswith(word):
            return today.year + years
    digits = _SAID.match(said)
    return year_number(digits[1]) if digits else None


def end_of(year: int) -> date:
    return date(year, 12, 31)
