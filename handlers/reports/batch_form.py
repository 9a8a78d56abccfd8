"""The batch form: one message that lists a unit's targets, sent back with the figures filled in."""

import re
from collections.abc import Iterable

from handlers.access.responsibility import targets_in
from knowledge.entities.library import Library
from knowledge.plan.model import Target

_LINE = re.compile(r"\s*(?P<task>[0-9]+(?:\.[0-9]+)*|[一二三四五六七八九]+)\s+(?P<name>[^：:]+?)\s*[：:](?P<said>.*)")


def form(targets: Iterable[Target]) -> str:
    """A line a target, to be filled in after its colon."""
    return "\n".join(f"{target.task} {target.name}：" for target in targets)


def filled(text: str, plan: str, library: Library) -> str | None:
    """The lines of a form that hold something; None where the text is no form of two lines or more."""
    lines = text.splitlines()
    found = [match for line in lines if (match := _LINE.fullmatch(line)) and _is_target(match, plan, library)]
    if len(found) < 2:
        return None
    return "\n".join(match[0] for match in found if match["said"].strip())


def _is_target(line: re.Match[str], plan: str, library: Library) -> bool:
    return any(target.name == line["name"] for target in targets_in(plan, line["task"], library))
