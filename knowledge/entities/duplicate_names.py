"""Names that several tasks of a plan go by: allowed, since plans repeat themselves, but each is asked back."""

from collections import defaultdict

from knowledge.entities.topic_index import entries_of
from knowledge.plan.key import WORK
from knowledge.plan.model import Plan


def shared_names(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Name → the ids of the tasks that it, or something in them, is called by; in the document's order."""
    held: dict[str, dict[str, None]] = defaultdict(dict)
    for entry in entries_of(plan):
        if entry.kind in WORK:
            for surface in entry.surfaces:
                held[surface][entry.owner.id] = None
    return {name: tuple(ids) for name, ids in held.items() if len(ids) > 1}
