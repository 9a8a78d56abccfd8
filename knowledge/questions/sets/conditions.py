"""A phrase read as conditions on tasks, units, targets or sections, to its end or not at all.

The forms of a kind are tried in order, one behind the other; the first reading of the whole is the best.
"""

import re
from collections.abc import Iterator
from itertools import chain

from knowledge.questions.query import Kind, Members, Not, Related, UnitRole
from knowledge.questions.sets.forms import KINDS, ROLES, Conditions, FoundForm
from knowledge.questions.sets.of_targets import SECTION_FORMS, TARGET_FORMS
from knowledge.questions.sets.of_tasks import TASK_FORMS
from knowledge.questions.sets.of_units import UNIT_FORMS, scoped
from knowledge.questions.sets.phrase import SetPhrase

_FORMS = {
    Kind.TASKS: TASK_FORMS,
    Kind.UNITS: UNIT_FORMS,
    Kind.TARGETS: TARGET_FORMS,
    Kind.SECTIONS: SECTION_FORMS,
}
_BETWEEN = {Kind.TASKS: ",&Zte", Kind.UNITS: ",&Zie", Kind.TARGETS: ",&ZbteG", Kind.SECTIONS: ",&ZhacbO"}
"""What may stand between two conditions, and means nothing there."""


def conditions(kind: Kind, phrase: SetPhrase) -> Iterator[Conditions]:
    """Every way to read the phrase as conditions on a kind, best first."""
    for where in _conditions(kind, phrase, 0):
        yield tuple(dict.fromkeys(scoped(where) if kind is Kind.UNITS else where))


def _conditions(kind: Kind, phrase: SetPhrase, at: int) -> Iterator[Conditions]:
    if at >= len(phrase.signs):
        yield ()
        return
    for such, end in chain(_by_form(kind, phrase, at), _of_such(kind, phrase, at)):
        yield from ((*such, *rest) for rest in _conditions(kind, phrase, end))
    if phrase.letters[at] in _BETWEEN[kind]:
        yield from _conditions(kind, phrase, at + 1)


def _by_form(kind: Kind, phrase: SetPhrase, at: int) -> Iterator[tuple[Conditions, int]]:
    for form in _FORMS[kind]:
        match = form.pattern.match(phrase.letters, at)
        made = form.make(FoundForm(match, phrase)) if match else None
        if match and made is not None:
            yield made, match.end()


_FORE = re.compile("(?:(?P<not>n?)(?P<all>b?)(?P<role>[LAO]))?(?P<every>e?)")
_VERB = re.compile(",*(?P<all>[bs]*)(?P<not>n?)(?P<role>[LAOh]?)")
_INNER = {Kind.TASKS: "G", Kind.UNITS: "tG", Kind.TARGETS: "t", Kind.SECTIONS: "tG"}


def _of_such(kind: Kind, phrase: SetPhrase, at: int) -> Iterator[tuple[Conditions, int]]:
    """By tasks or targets that conditions hold of: 没有目标的任务都参与, 配合市发改局牵头的任务, 有期限的目标."""
    letters = phrase.letters
    before = _FORE.match(letters, at)
    assert before is not None  # noqa: S101 - it matches nothing, too
    every, start = bool(before["every"]), before.end()
    for end in (n for n in range(start, len(letters)) if letters[n] in _INNER[kind]):
        counted = (end, end - 1) if letters[end - 1] == "N" else (end,)  # 牵头的三项任务
        read = (conditions(KINDS[letters[end]], phrase.part(start, stop)) for stop in counted)
        where = next(chain.from_iterable(read), None)
        if where is None or not (where or every):
            continue
        to = Members(KINDS[letters[end]], where)
        if kind is not Kind.UNITS:
            yield (Related(to),), end + 1
            continue
        verb = before if before["role"] else _VERB.match(letters, end + 1)
        assert verb is not None  # noqa: S101 - it matches nothing, too
        in_every = (every or bool(verb["all"])) and not verb["not"]
        related = Related(to, ROLES.get(verb["role"], UnitRole.ANY), every=in_every)
        yield (Not(related) if verb["not"] else related,), end + 1 if verb is before else verb.end()
