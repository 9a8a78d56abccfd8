"""What a plan names in one breath, each list with the words that it is known by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.entities.topic_index import pairs
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.plan.model import Clause, Listing, Plan, Task, TaskAction

_FEWEST = 2


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of a task or clause."""

    key: EntryKey
    """The task or clause."""
    listing: Listing
    heads: tuple[str, ...]
    """What its items are called as a kind."""
    own: frozenset[str]
    """Pairs of neighbouring characters of the heads and of what it stands beside."""
    around: frozenset[str]
    """Such pairs of what its task or clause is called, and of the names that several lists stand beside."""
    items: tuple[frozenset[str], ...]
    """Such pairs of each item that the heads do not have: whoever says those of one item asks of that one."""


def listings_of(plan: Plan) -> Iterator[Listed]:
    """Every list of a plan, in the document's order: those that its register states, then what its actions show."""
    for task in plan.tasks:
        key = EntryKey(EntryKind.TASK, task.title, plan.name, task.id)
        stated = {one.beside for one in task.lists}
        shown = (_shown_by(action, task) for action in task.actions if action.phrase not in stated)
        for listing in (*task.lists, *filter(None, shown)):
            yield _listed(key, listing, task)
    for clause in plan.clauses:
        key = EntryKey(EntryKind.CLAUSE, clause.title, plan.name, clause.id)
        for listing in clause.lists:
            yield _listed(key, listing, clause)


def _shown_by(action: TaskAction, task: Task) -> Listing | None:
    """推进甲园、乙园建设: what the task names, or the action is called, where 、 or 和 joins it in the phrase."""
    names = dict.fromkeys((*(one.name for one in task.named), *action.names))
    at = {action.phrase.find(name): name for name in names if name in action.phrase}
    inner = {
        start: name for start, name in at.items() if not any(name != other and name in other for other in at.values())
    }
    ordered = sorted(inner.items())
    joined = [
        (start, name)
        for place, (start, name) in enumerate(ordered)
        if (place and action.phrase[ordered[place - 1][0] + len(ordered[place - 1][1]) : start] in {"、", "和", "与"})
        or (place + 1 < len(ordered) and action.phrase[start + len(name) : ordered[place + 1][0]] in {"、", "和", "与"})
    ]
    if len(joined) < _FEWEST:
        return None
    end = joined[-1][0] + len(joined[-1][1])
    of = action.phrase[end:].removeprefix("等") or action.phrase
    return Listing(of=of, items=tuple(name for _, name in joined), beside=action.phrase, place=action.place)


def _listed(key: EntryKey, listing: Listing, parent: Task | Clause) -> Listed:
    beside = [n for target in parent.targets if target.name == listing.beside for n in target.names]
    if isinstance(parent, Task):
        beside += [n for action in parent.actions if action.phrase == listing.beside for n in action.names]
    else:
        beside += [n for fact in parent.facts if fact.about == listing.beside for n in (fact.says, *fact.names)]
    alone = sum(one.beside == listing.beside for one in parent.lists) < _FEWEST
    heads = tuple(map(clean, (listing.of, *listing.names)))
    known = _pairs_of(heads)
    items = tuple(_pairs_of((item,)) - known for item in listing.items)
    of_items = frozenset[str]().union(*items)
    own = known | _pairs_of([*filter(None, [listing.beside]), *(beside if alone else ())]) - of_items
    around = _pairs_of([parent.title, *parent.names, *(() if alone else beside)]) - of_items
    return Listed(key, listing, heads, own, around, items)


def _pairs_of(words: Iterable[str]) -> frozenset[str]:
    return frozenset(pair for word in words for pair in pairs(clean(word)))
