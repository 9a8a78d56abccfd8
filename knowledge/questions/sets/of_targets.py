"""Forms of what is said of targets (their tasks, period, deadline, amount) and of sections (whose tasks they hold)."""

from knowledge.questions.query import Kind, Marked, Not, Related, Term, UnitRole
from knowledge.questions.sets.forms import COUNT, MATCHED, NONE, Conditions, FoundForm, form, matched, tasks_in
from knowledge.questions.sets.of_tasks import with_any


def _standing_in(found: FoundForm) -> Conditions:
    return (Not(found.named),) if found.said("but") else (found.named,)


def _marked(found: FoundForm) -> Conditions:
    return (Not(found.mark),) if found.denied else (found.mark,)


def _amounting(found: FoundForm) -> Conditions:
    mark = Marked(amount=found.amount)
    return (Not(mark),) if found.denied else (mark,)


def _by_units(found: FoundForm) -> Conditions:
    return (Term(found.group("U").units, found.role),)


TARGET_FORMS = (
    form("(?P<but>x)(?P<T>[TS])t?z?", _standing_in),
    form("a?(?P<T>[TS])t?", _standing_in),
    form("(?P<not>n?)h?(?P<P>P)b?", _marked),
    form("(?P<not>n?)[ha]*(?P<than>[><gl=]?)(?P<M>M)(?P<up>[uv]?)", _amounting),
    form("(?P<U>U)(?P<role>[LAOh]?)t?", _by_units),
)


def _with_tasks_of(found: FoundForm) -> Conditions:
    """有A牵头的任务, A没有任务, A没牵头也没配合."""
    tasks = tasks_in(Term(found.group("U").units, found.role))
    return (Related(tasks, UnitRole.ANY, NONE if found.denied else None),)


def _with_so_many(found: FoundForm) -> Conditions | None:
    if found.counted not in {"", "t"}:
        return None
    return tuple(Related(tasks_in(), UnitRole.ANY, number) for number in found.numbers)


SECTION_FORMS = (
    *(form(pattern, matched(Kind.SECTIONS)) for pattern in MATCHED),
    form("(?P<U>U)(?P<not>n)(?:Ln?A|An?L)", _with_tasks_of),
    form("(?P<U>U)a?,?(?P<not>n?)h?(?P<role>[LAOh]?)t?", _with_tasks_of),
    form("(?P<not>n?)[hO]?(?P<U>U)(?P<role>[LAO]?)t?", _with_tasks_of),
    form(f"th?{COUNT}", _with_so_many),
    form(f"h?{COUNT}t", _with_so_many),
    form("(?P<not>n)h?(?P<noun>G)", with_any),
)
