"""Bodies and places in one piece that the plan does not have, and what belongs to the name of one that it has."""

import re
from dataclasses import replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.lattice import Cell, How, Match, Sense, as_typed
from knowledge.language.lexicon import body_endings, doing_words, not_bodies
from knowledge.language.normalize import is_han
from knowledge.questions.parse.utterance import Mention, Piece

_OTHERS = "省市县区州"  # levels; our own is among the home prefixes


def place_before(
    piece: Piece,
    cells: tuple[Cell, ...],
    match: Match,
    previous: Match | None,
    covered: list[Match | None],
    library: Library,
) -> str:
    """The other place that stands right before a body's name, or ""."""
    if previous is not None and previous.end == match.start and previous.words[0].sense is Sense.ELSEWHERE:
        piece.places.pop() if piece.places else None
        return as_typed(piece.text, cells, previous)
    before = uncovered_before(cells, match, covered)
    # 黄思港航局, 州市住建局: whatever stands there, it is not ours, if it is no word for what is done (核对交通局).
    own = before in library.home_prefixes or before in doing_words()
    return "" if own or (len(before) == 1 and before not in _OTHERS) else before


def take_own_places(piece: Piece, content: list[bool]) -> None:
    """黄冈市那个生态环境局武穴的分局: what a unit's own name begins with is no place beside it."""
    for match in piece.cover:
        place = match.text
        own = any(unit.startswith(place) for mention in piece.mentions for unit in mention.units)
        if own and match.words[0].sense is Sense.ELSEWHERE and place in {*piece.places, *piece.places_of_plan}:
            for places in (piece.places, piece.places_of_plan):
                if place in places:
                    places.remove(place)
            content[match.start : match.end] = [False] * (match.end - match.start)


def take_office(piece: Piece, cells: tuple[Cell, ...], content: list[bool]) -> None:
    """武山湖国家湿地公园管理处: the body that runs a unit which is called by its place is that unit."""
    for at, mention in enumerate(piece.mentions):
        end = mention.start + len(mention.said)
        office = next((e for e in body_endings() if piece.text.startswith(e, end)), "")
        if office and not mention.units[0].endswith(body_endings()):
            inside = range(end, end + len(office))
            for n, cell in enumerate(cells):
                content[n] = content[n] and cell.start not in inside
            piece.cues = [cue for cue in piece.cues if cue.start not in inside]
            piece.mentions[at] = replace(mention, said=mention.said + office)


def uncovered_before(cells: tuple[Cell, ...], match: Match, covered: list[Match | None]) -> str:
    before = ""
    for at in range(match.start - 1, -1, -1):
        if covered[at] is not None or not is_han(cells[at].text):
            break
        before = cells[at].text + before
    return before


_BODY_TAIL = 12


def take_unknown_bodies(piece: Piece, cells: tuple[Cell, ...], content: list[bool], library: Library) -> None:
    """Runs of unknown characters that end like a body (编译局, 扶货办参与) are bodies that the plan does not have."""
    roles = {cue.start for cue in piece.cues if cue.tags & _OF_BODIES}
    names = (match for match in piece.cover if match.words[0].sense is Sense.TOPIC)
    named = {at for match in names for at in range(match.start, match.end)}
    at = 0
    while at < len(cells):
        if not content[at]:
            at += 1
            continue
        end = at
        while end < len(cells) and content[end]:
            end += 1
        run = "".join(c.text for c in cells[at:end])
        loose = named.isdisjoint(range(at, end)) and not library.index.mostly_knows(run)
        acts = end < len(cells) and cells[end].start in roles
        name = _body_name(run, cells[end].text if end < len(cells) else "", acts=acts)
        if loose and name:
            typed_twice = _known_once(name, library)
            if typed_twice:
                piece.mentions.append(Mention(cells[at].start, typed_twice, name, typed_twice[0], How.SLIP))
            else:
                piece.strangers.append(name[-_BODY_TAIL:])
            for n in range(at, end):
                content[n] = False
        at = end


_TWICE = re.compile(r"(.)\1")


def _known_once(name: str, library: Library) -> tuple[str, ...]:
    """The units that 教育育局 names without the character that was typed twice."""
    once = _TWICE.sub(r"\1", name)
    words = library.vocabulary.lookup(once) if once != name else ()
    return tuple(word.key for word in words if word.sense is Sense.UNIT)


_OF_BODIES = frozenset({CueTag.LEAD, CueTag.ASSIST, CueTag.OWN})
_ACTS = ("办", "委", "院", "部", "中心", "公司", "集团", "馆")


def _body_name(run: str, after: str, *, acts: bool) -> str:
    """The body's name that a run of unknown characters makes, or ""."""
    if after == "局":
        return f"{run}局"
    if run.endswith(not_bodies()):
        return ""
    if acts and len(run) > 2 and run.endswith(_ACTS):
        return run
    return run if any(run.endswith(e) and len(run) - len(e) >= 2 for e in body_endings()) else ""
