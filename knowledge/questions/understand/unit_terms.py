"""Units joined by and, or, not and except, each with its part: A牵头B配合, A有而B没有, A和B共同, 除了A."""

from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.language.lattice import JOINT
from knowledge.questions.parse.utterance import Mention, Piece
from knowledge.questions.query import Term, UnitRole

_PREDICATES = frozenset([CueTag.LEAD, CueTag.ASSIST, CueTag.OWN, CueTag.NOT, CueTag.BUT, CueTag.EXCEPT, CueTag.BESIDES])


def role_of(tags: frozenset[CueTag]) -> UnitRole:
    if CueTag.LEAD in tags and CueTag.ASSIST in tags:
        return UnitRole.ANY
    return UnitRole.LEAD if CueTag.LEAD in tags else UnitRole.ASSIST if CueTag.ASSIST in tags else UnitRole.ANY


def in_role(terms: tuple[Term, ...], role: UnitRole) -> tuple[Term, ...]:
    return tuple(replace(term, role=role) for term in terms)


def terms_of(piece: Piece, mentions: list[Mention]) -> tuple[Term, ...]:
    """A牵头B配合, A有而B没有, A和B共同, A或B, 除了A: groups of units, each with the words that follow it."""
    ordered = sorted(mentions, key=lambda m: m.start)
    groups: list[list[Mention]] = []
    for mention in ordered:
        before = groups[-1][-1] if groups else None
        tags = _tags_between(piece, before.start, mention.start) if before else _PREDICATES
        again = bool(groups) and any(mention.units == m.units for m in groups[-1])  # …都在的任务里,哪些是发改局牵头
        if before and not tags & _PREDICATES and not _has(piece, before) and not again:
            groups[-1].append(mention)
        else:
            groups.append([mention])
    terms: list[Term] = []
    everything = piece.tags
    for at, group in enumerate(groups):
        until = groups[at + 1][0].start if at + 1 < len(groups) else len(piece.text)
        last = at + 1 == len(groups)
        after = _tags_between(piece, group[0].start, until, beside=-1 if last else until)
        role = role_of(everything if len(groups) == 1 else after)
        excepted = CueTag.EXCEPT in everything and _excepted(piece, group, until)
        negated = CueTag.NOT in after or excepted or _not_before(piece, group)
        if excepted:
            role = UnitRole.ANY
        units = tuple(unit for m in group for unit in m.units[0].split(JOINT))
        joint = CueTag.BOTH in everything or negated or len(groups) > 1
        if joint and CueTag.OR not in after:
            terms.extend(Term(tuple(m.units[0].split(JOINT)), role, negated) for m in group)
        else:
            terms.append(Term(tuple(dict.fromkeys(units)), role, negated))
    return tuple(terms)


def _has(piece: Piece, mention: Mention) -> bool:
    """科经局有、发改局没有的: 有 right behind the unit says that it has it."""
    return piece.text.startswith("有", mention.start + len(mention.said))


def _excepted(piece: Piece, group: list[Mention], until: int) -> bool:
    """除了 right before the group, or 以外 right after it."""
    first, last = group[0], group[-1]
    before = any(CueTag.EXCEPT in cue.tags and cue.start + len(cue.text) == first.start for cue in piece.cues)
    end = last.start + len(last.said)
    return before or any(CueTag.BESIDES in cue.tags and cue.start == end < until for cue in piece.cues)


def _not_before(piece: Piece, group: list[Mention]) -> bool:
    """没有财政局参与的: the negation stands right before the unit."""
    start = group[0].start
    return any(CueTag.NOT in cue.tags and cue.start + len(cue.text) == start for cue in piece.cues)


def _tags_between(piece: Piece, start: int, end: int, *, beside: int = -1) -> frozenset[CueTag]:
    """Tags of the cues from `start` to `end`; a negation that ends right at `beside` speaks of what follows it."""
    return frozenset(
        tag
        for cue in piece.cues
        if start <= cue.start < end
        for tag in cue.tags
        if not (tag is CueTag.NOT and cue.start + len(cue.text) == beside)
    )
