"""Which targets of a plan are meant, where buttons or a table name them."""

import re

from handlers.chat.context import Context
from handlers.office.texts_cards import key
from knowledge.entities.library import Library
from knowledge.language.normalize import clean
from knowledge.plan.model import Target

_NUMBER = re.compile(r"(?P<task>\d+(?:\.\d+)*|[一二三四五六七八九]+)[\s.、]+(?P<name>\S.*)")


def targets_of_plan(context: Context, plan: str) -> tuple[Target, ...]:
    return tuple(target for own, target in context.library.targets if own == plan)


def exact_target(context: Context, plan: str, said: str) -> tuple[Target | None, str]:
    """The target that buttons name, `5.2 5G基站 …`, and what follows it."""
    found = [one for one in targets_of_plan(context, plan) if f"{said} ".startswith(f"{key(one)} ")]
    target = max(found, key=lambda one: len(one.name), default=None)
    return target, said[len(key(target)) :].strip() if target else ""


def called_targets(library: Library, plan: str, said: str) -> tuple[Target, ...]:
    """The targets of exactly that name, with the task's number or without; () where there is none."""
    numbered = _NUMBER.fullmatch(said.strip())
    found = _called(library, plan, said)
    if found or numbered is None:
        return found
    return tuple(one for one in _called(library, plan, numbered["name"]) if one.task == numbered["task"])


def _called(library: Library, plan: str, said: str) -> tuple[Target, ...]:
    name = clean(said)
    targets = [target for own, target in library.targets if own == plan]
    own = tuple(one for one in targets if clean(one.name) == name)
    return own or tuple(one for one in targets if name in map(clean, one.names))
