"""One piece of a message (a sentence, or half of one) taken apart: units, numbers, cues and the topic."""

import re
from functools import lru_cache

from knowledge.entities.library import Library
from knowledge.entities.topic_index import TopicIndex
from knowledge.language.cues import CueTag, tags_in
from knowledge.language.lattice import Cell, How, Match, Sense, Vocabulary, as_typed, best_cover, cells_of
from knowledge.language.lexicon import vague_nouns
from knowledge.language.normalize import is_han
from knowledge.language.pinyin import split_pinyin
from knowledge.language.quantities.amounts import amounts
from knowledge.language.spelling import respelled
from knowledge.questions.parse.references import take_numbers
from knowledge.questions.parse.unknown_names import (
    place_before,
    take_office,
    take_own_places,
    take_unknown_bodies,
    uncovered_before,
)
from knowledge.questions.parse.utterance import Cue, Mention, Piece
from knowledge.questions.parse.years import year_matches

_GAP = "\0"
_LATIN = re.compile(r"[a-z]+")


_TYPED_NTH = re.compile(r"(?<![a-z])di ?(yi|er|san|si|wu|liu|qi|ba|jiu|shi) ?(ge|tiao|xiang|jian)(?![a-z])")
_NUMERALS = dict(
    zip(("yi", "er", "san", "si", "wu", "liu", "qi", "ba", "jiu", "shi"), "一二三四五六七八九十", strict=True)
)


def take_apart(text: str, library: Library) -> Piece:
    """Read one cleaned piece."""
    text = _TYPED_NTH.sub(lambda nth: f"第{_NUMERALS[nth[1]]}个", text)
    text = respelled(text, library.index.knows_pair)
    piece = Piece(text)
    taken = take_numbers(piece, library)
    # no word reaches over a number: 是5.1统计局 holds no 是统计局
    blanked = "".join(_GAP if taken[i] else c for i, c in enumerate(text))
    piece.cells, piece.cover = _covered(blanked, library.vocabulary, library.index)
    _collect(piece, piece.cells, library)
    return piece


@lru_cache(maxsize=256)  # a question is taken apart again and again while its clauses are weighed
def _covered(text: str, vocabulary: Vocabulary, index: TopicIndex) -> tuple[tuple[Cell, ...], tuple[Match, ...]]:
    """The cells of a text and the words that cover them; a slip is looked for only where something remains."""
    cells = cells_of(text, pinyin=_pinyin_runs(text, vocabulary))
    years = tuple(year_matches(cells))
    cover = best_cover(cells, (*vocabulary.matches(cells, slips=False), *years))
    if _unexplained(cells, cover) and len(cells) <= _LONG:
        cover = best_cover(cells, (*vocabulary.matches(cells, slips=True), *years))
    return cells, tuple(match for match in cover if not _is_cut_out(match, cells, cover, index))


def _is_cut_out(match: Match, cells: tuple[Cell, ...], cover: tuple[Match, ...], index: TopicIndex) -> bool:
    """Whether a name that is not written so was found inside other words: 空港经济 in 低空经济, 五保户 in 文物保护."""

    def loose(at: int) -> bool:
        return 0 <= at < len(cells) and is_han(cells[at].text) and not any(m.start <= at < m.end for m in cover)

    if match.how is How.SOUND and match.words[0].sense in _NAMES:
        return _is_hardly_written(match, cells) and (loose(match.start - 1) or loose(match.end))
    if match.how is not How.SLIP or match.end - match.start > _CUT_OUT:
        return False
    goes_on = loose(match.end) and index.knows_pair(cells[match.end - 1].text + cells[match.end].text)
    return loose(match.start - 1) or goes_on


def _is_hardly_written(match: Match, cells: tuple[Cell, ...]) -> bool:
    """Whether at most half of a name stands there to the letter; syllables typed in letters are meant as sounds."""
    span = cells[match.start : match.end]
    written = sum(cell.typed or cell.text == char for cell, char in zip(span, match.text, strict=True))
    return 2 * written <= len(span)


_NAMES = {Sense.TOPIC, Sense.SAYING, Sense.UNIT, Sense.STEM}
_CUT_OUT = 4


def _unexplained(cells: tuple[Cell, ...], cover: tuple[Match, ...]) -> int:
    return len(cells) - sum(match.end - match.start for match in cover)


def _pinyin_runs(text: str, vocabulary: Vocabulary) -> dict[tuple[int, int], tuple[str, ...]]:
    runs: dict[tuple[int, int], tuple[str, ...]] = {}
    for found in _LATIN.finditer(text):
        if len(found[0]) < 2 or vocabulary.is_latin_word(found[0]):
            continue
        syllables = split_pinyin(found[0])
        if syllables:
            runs[found.span()] = syllables
    return runs


def _collect(piece: Piece, cells: tuple[Cell, ...], library: Library) -> None:
    """Sort what the cover found into the piece."""
    content = [False] * len(cells)  # cells that belong to a topic
    covered: list[Match | None] = [None] * len(cells)
    for match in piece.cover:
        for at in range(match.start, match.end):
            covered[at] = match
    figure_cells = _figures(piece, cells, covered, library)
    previous: Match | None = None
    for match in piece.cover:
        if any(figure_cells[match.start : match.end]):
            previous = match
            continue
        _sort(piece, cells, match, previous, content, covered, library)
        previous = match
    for at, cell in enumerate(cells):
        if covered[at] is None and not figure_cells[at] and (is_han(cell.text) or cell.text.isalnum()):
            content[at] = True
    take_own_places(piece, content)
    _closing_question(piece)
    _initials(piece, cells, content, library)
    _absorb(cells, content, covered, figure_cells, library)
    take_office(piece, cells, content)
    eaten = {cells[n].start for n in range(len(cells)) if content[n]}
    piece.cues = [cue for cue in piece.cues if len(cue.text) > 1 or cue.start not in eaten]
    take_unknown_bodies(piece, cells, content, library)
    _topic(piece, cells, content, covered)
    numbers = [content[n] or figure_cells[n] for n in range(len(cells))]
    piece.with_figures = tuple(_runs(cells, numbers)) if piece.figures else ()


_POINTS = tuple("这那哪前后")  # 那两个, 前三个: how many are pointed at, no amount of the plan


_COUNTED = frozenset(["个", "项", "类"])  # 服务业两个指标: so many are meant, no target of 2


def _figures(piece: Piece, cells: tuple[Cell, ...], covered: list[Match | None], library: Library) -> list[bool]:
    """Amounts that stand outside every name."""
    flags = [False] * len(cells)
    at_of = {cell.start: n for n, cell in enumerate(cells) if cell.text != _GAP}
    masked = "".join(c if i in at_of else " " for i, c in enumerate(piece.text))
    for amount in amounts(masked, library.measures):
        counts = amount.unit in _COUNTED and piece.text[amount.end :].startswith(("指标", "目标"))
        inside = [at_of[i] for i in range(amount.start, amount.end) if i in at_of]
        if counts or piece.text[: amount.start].endswith(_POINTS):
            for n in inside:
                flags[n] = covered[n] is None
            continue
        names = {Sense.TOPIC, Sense.UNIT, Sense.SAYING}
        if any((m := covered[n]) is not None and m.words[0].sense in names for n in inside):
            continue
        if any(
            (m := covered[n]) is not None and m.end - m.start > 1 and not piece.text[amount.start].isdigit()
            for n in inside
        ):
            continue
        if any((m := covered[n]) is not None and CueTag.YEAR_END.value in m.words[0].key for n in inside):
            continue
        piece.figures.append(amount)
        for n in inside:
            flags[n] = True
    return flags


def _sort(
    piece: Piece,
    cells: tuple[Cell, ...],
    match: Match,
    previous: Match | None,
    content: list[bool],
    covered: list[Match | None],
    library: Library,
) -> None:
    start = cells[match.start].start
    said = as_typed(piece.text, cells, match)
    senses = {word.sense for word in match.words}
    if Sense.UNIT in senses:
        where = place_before(piece, cells, match, previous, covered, library)
        if where:
            piece.foreign.append(where + said)
            return
        units = tuple(dict.fromkeys(w.key for w in match.words if w.sense is Sense.UNIT))
        piece.mentions.append(Mention(start, units, said, match.text, match.how))
    elif Sense.ASK_BACK in senses:
        piece.ask_back.append(match.words[0].key)
    elif Sense.TOPIC in senses or (Sense.OUTSIDER in senses and library.index.speaks_of(match.text)):
        if match.how is How.EXACT:
            piece.named = (*piece.named, match.text)
        content[match.start : match.end] = [True] * (match.end - match.start)
    elif Sense.OUTSIDER in senses and not library.index.speaks_of(match.text):
        where = place_before(piece, cells, match, previous, covered, library)
        own = "" if where else uncovered_before(cells, match, covered)
        (piece.foreign if where else piece.strangers).append(where + own + said)
    elif Sense.SAYING in senses:
        content[match.start : match.end] = [True] * (match.end - match.start)
        piece.sayings[said] = tuple(dict.fromkeys(w.key for w in match.words if w.sense is Sense.SAYING))
    elif Sense.ELSEWHERE in senses and not library.index.speaks_of(said):
        piece.places.append(said)
    elif Sense.ELSEWHERE in senses:
        piece.places_of_plan.append(said)
        content[match.start : match.end] = [True] * (match.end - match.start)
    elif Sense.STEM in senses:
        piece.stems.append(next(w.key for w in match.words if w.sense is Sense.STEM))
        content[match.start : match.end] = [True] * (match.end - match.start)
    elif Sense.CUE in senses and (_is_in_name(cells, match, library) or _begins_another(match, previous)):
        content[match.start : match.end] = [True] * (match.end - match.start)
    elif Sense.CUE in senses:
        tags = frozenset(t for w in match.words if w.sense is Sense.CUE for t in tags_in(w.key))
        piece.cues.append(Cue(start, tags, match.text))


_TELLING = frozenset([CueTag.LEAD, CueTag.ASSIST, CueTag.OWN, CueTag.BOTH, CueTag.MOST, CueTag.LEAST])
_BESIDE = 2


def _is_in_name(cells: tuple[Cell, ...], match: Match, library: Library) -> bool:
    """Whether a word for a part or a rank stands inside a name that was not said in full: 全产业链协同发展."""
    tags = {tag for word in match.words if word.sense is Sense.CUE for tag in tags_in(word.key)}
    if match.how is not How.EXACT or match.end - match.start < _BESIDE or not tags & _TELLING:
        return False
    text = "".join(cell.text for cell in cells)
    before, after = text[max(0, match.start - _BESIDE) : match.start], text[match.end : match.end + _BESIDE]
    inside = len(before) == len(after) == _BESIDE and (before + after).isalnum()
    return inside and library.index.speaks_of(before + text[match.start : match.end] + after)


def _begins_another(match: Match, previous: Match | None) -> bool:
    """外资 of 外贸、外资: behind a joint 外 leaves nothing out."""
    if match.text != "外" or previous is None or previous.end != match.start:
        return False
    return any(word.sense is Sense.CUE and CueTag.AND in tags_in(word.key) for word in previous.words)


_NO = {"没有", "没", "不", "没有呢", "没得"}
_PARTICLES = "咯啊呢哦嘞呀哟嘛了"
_EITHER = re.compile(
    r"([\u4e00-\u9fff])[不没]\1|(参与|参加|负责|牵头|配合|管|有|在).{0,12}不\2(?=[,呢啊呀咯]|$)"
)  # 参不参与, 参与重大产业项目不参与


def _closing_question(piece: Piece) -> None:
    """参与了没有: a negation that ends the sentence asks."""
    denied = [n for n, cue in enumerate(piece.cues) if CueTag.NOT in cue.tags]
    last = piece.cues[denied[-1]] if denied else None
    if last is None or any(CueTag.BUT in cue.tags for cue in piece.cues):  # 商务局有但工商联没有
        return
    end = len(piece.text.rstrip(_PARTICLES))
    closes = last.text in _NO and last.start + len(last.text) == end
    either = _EITHER.search(piece.text)
    if closes or (either and either.start() <= last.start < either.end()):
        piece.cues[denied[-1]] = Cue(last.start, frozenset({CueTag.YES_NO}), last.text)


def _initials(piece: Piece, cells: tuple[Cell, ...], content: list[bool], library: Library) -> None:
    """Read letters that are no word as the initials of a unit: jtj."""
    at_of = {cell.start: n for n, cell in enumerate(cells)}
    for found in _LATIN.finditer(piece.text):
        inside = [at_of[at] for at in range(*found.span()) if at in at_of]
        units = library.by_initials.get(found[0], ()) if len(found[0]) >= 3 else ()
        if units and inside and all(content[n] for n in inside):
            piece.mentions.append(Mention(found.start(), units, found[0], units[0], How.SOUND))
            for n in inside:
                content[n] = False


def _absorb(
    cells: tuple[Cell, ...],
    content: list[bool],
    covered: list[Match | None],
    figure_cells: list[bool],
    library: Library,
) -> None:
    """Give single characters back to the topic where the plan knows the pair: 上 of 上市, 中 of 中小."""

    def small(at: int) -> bool:
        match = covered[at]
        loose = match is None or match.words[0].sense in {Sense.FILLER, Sense.CUE, Sense.HOME}
        if cells[at].text in _ASKS:
            return False
        return loose and not content[at] and not figure_cells[at] and (match is None or match.end - match.start == 1)

    for order in (range(len(cells) - 1), range(len(cells) - 2, -1, -1)):
        for at in order:
            one, two = at, at + 1
            if cells[two].start - cells[one].start != 1:
                continue
            pair = cells[one].text + cells[two].text
            if not pair.isalnum():
                continue
            if "的" not in pair and library.index.knows_pair(pair):
                if content[one] and small(two):
                    content[two] = True
                elif content[two] and small(one):
                    content[one] = True


_LONG = 120
_ASKS = frozenset("谁哪吗么几")  # these ask, whatever names of the plan ask beside them (谁制定三年工作方案)
_GAPS = 3
_OF_TWO = re.compile("差距|差别|之比|互通|搭配")
"""What is between two things: 城里人和乡里人的差距 is one."""


def _topic(piece: Piece, cells: tuple[Cell, ...], content: list[bool], covered: list[Match | None]) -> None:
    """Join the topic's characters into runs; a name heard by sound stands there as the plan writes it."""
    runs: list[str] = []
    groups: list[list[str]] = [[]]
    one = _OF_TWO.search(piece.text)
    joints = {cue.start for cue in piece.cues if cue.tags & {CueTag.AND, CueTag.OR} and not one}
    current = ""
    at = 0
    while at < len(cells):
        if not content[at]:
            if current:
                runs.append(current)
                groups[-1].append(current)
            current = ""
            if groups[-1] and cells[at].start in joints:
                groups.append([])
            at += 1
            continue
        match = covered[at]
        named = {Sense.TOPIC, Sense.STEM, Sense.SAYING}
        if match and match.start == at and match.how is not How.EXACT and match.words[0].sense in named:
            current += match.text
            if piece.sayings.get(said := as_typed(piece.text, cells, match)) and said != match.text:
                piece.sayings[match.text] = piece.sayings.pop(said)
            at = match.end
        else:
            current += cells[at].text
            at += 1
    if current:
        runs.append(current)
        groups[-1].append(current)
    places = [cells[n].start for n in range(len(cells)) if content[n]]
    if places and places[-1] - places[0] < len(places) + _GAPS:
        piece.named_as = piece.text[places[0] : places[-1] + 1]
    longest = max(map(len, runs), default=0)
    piece.topic = tuple(run for run in runs if len(run) > 1 or longest == 1)
    telling = (tuple(run for run in group if run not in vague_nouns()) for group in groups)
    piece.groups = tuple(group for group in telling if any(len(run) > 1 for run in group))


def _runs(cells: tuple[Cell, ...], flags: list[bool]) -> list[str]:
    marked = "".join(cell.text if flag else " " for cell, flag in zip(cells, flags, strict=True))
    return [run for run in marked.split() if len(run) > 1]
