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
    """The units that are named, each for itself where they do it together (一起, 都), else any of them."""
    role = role_of(piece.tags)
    groups = [tuple(mention.units[0].split(JOINT)) for mention in sorted(mentions, key=lambda one: one.start)]
    if CueTag.BOTH in piece.tags:
        return tuple(Term(units, role) for units in groups)
    units = tuple(dict.fromkeys(unit for group in groups for unit in group))
    return (Term(units, role),) if units else ()
