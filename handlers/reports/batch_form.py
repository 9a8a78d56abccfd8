"""The batch form: one message that lists a unit's targets, sent back with the figures filled in."""

import re
from collections.abc import Iterable

from handlers.access.responsibility import targets_in
from handlers.reports.texts_guided import NEVER
from knowledge.entities.library import Library
from knowledge.plan.model import Target

_LINE = re.compile(
    r"\s*(?P<task>[0-9]+(?:\.[0-9]+)*|[一二三四五六七八九]+)\s+(?P<name>[^：:]+?)\s*"
    rf"(?:[（(](?:上次|{NEVER})[^：:]*[）)])?\s*[：:](?P<said>.*)"
)


def form(rows: Iterable[tuple[Target, str]]) -> str:
    """A line a target with what was said of it last, to be filled in after its colon."""
    return "\n".join(f"{target.task} {target.name}（{last}）：" for target, last in rows)


def filled(text: str, plan: str, library: Library) -> str | None:
    """The lines of a form that hold something, without what was said last; None where the text is no form of two
    lines or more."""
    lines = text.splitlines()
    found = [match for line in lines if (match := _LINE.fullmatch(line)) and _is_target(match, plan, library)]
    if len(found) < 2:
        return None
    return "\n".join(f"{one['task']} {one['name']}：{one['said']}" for one in found if one["said"].strip())


def _is_target(line: re.Match[str], plan: str, library: Library) -> bool:
    return any(target.name == line["name"] for target in targets_in(plan, line["task"], library))
