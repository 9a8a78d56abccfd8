"""A list of people to invite, as it is pasted out of a sheet or read from one: row by row, each with its own fate."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from functools import cache

from handlers.access.policy import IN_CHARGE
from handlers.people.codes import WHOLE_PLAN
from handlers.services.question_service import QuestionService
from handlers.services.unit_lookup import find_project, find_units, near_projects, near_units
from handlers.texts.rights import ROLES
from knowledge.language.normalize import clean
from storage.people import Grant, Member, Role

COLUMNS = ("单位", "姓名", "身份", "范围")
MOST = 200
"""Rows of a list."""
_CELLS = re.compile(r"\s*[\t,，;；|]\s*|\s{1,}")
_SCOPES = re.compile(r"[\s、,，;；]+")
_NAME = re.compile(r"[\u3400-\u9fffA-Za-z·.]{2,20}")
_ALSO = {"负责人": Role.HEAD, "主要负责人": Role.HEAD, "市领导": Role.LEADER, "领导": Role.LEADER}
_OF_UNITS = (Role.LIAISON, Role.HEAD, Role.SIGNER, Role.CONTACT)
_WHOLE = {"", "全部", "整个方案", WHOLE_PLAN}


class InvitationFault(StrEnum):
    """Why somebody of the list is not invited."""

    NO_ROLE = auto()
    NO_UNIT = auto()
    NO_SECTION = auto()
    NO_SCOPE = auto()
    NO_PROJECT = auto()
    NAME = auto()
    TWICE = auto()
    BOUND = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationRowRead:
    """A row: whom to invite as what, or why not."""

    number: int
    """Of the line, from 1, with the heading."""
    name: str
    grants: tuple[Grant, ...] = ()
    fault: InvitationFault | None = None
    said: str = ""
    """What was not understood."""
    near: tuple[str, ...] = ()
    """Units with a name like it."""


def from_heading(table: str) -> str:
    """The table from its heading on; empty where it has none."""
    lines = table.splitlines()
    at = next((at for at, line in enumerate(lines) if is_heading([cell.strip() for cell in line.split("\t")])), None)
    return "" if at is None else "\n".join(lines[at:])


def is_heading(cells: Collection[str]) -> bool:
    return {"单位", "姓名", "身份"} <= set(cells)


def read_rows(
    text: str, question_service: QuestionService, plan: str, members: Collection[Member]
) -> tuple[InvitationRowRead, ...]:
    """Every row that says something; a heading says in which order the columns stand."""
    order: tuple[str, ...] = COLUMNS
    found: list[InvitationRowRead] = []
    seen: set[tuple[str, tuple[Grant, ...]]] = set()
    for number, line in enumerate(text.splitlines(), 1):
        typed = "\t" not in line
        cells = [cell.strip() for cell in (_CELLS.split(line.strip()) if typed else line.split("\t"))]
        if not any(cells):
            continue
        if is_heading(cells):
            order = tuple(cells)
            continue
        said = _typed(cells) if typed else dict(zip(order, cells, strict=False))
        if not said.get("姓名") and not said.get("身份"):
            continue  # a unit of the blank that nobody was written beside
        row = _read(number, said, question_service, plan)
        if row.fault is None:
            row = _checked(row, seen, members)
        found.append(row)
    return tuple(found)


def _typed(cells: list[str]) -> dict[str, str]:
    """A row without empty cells: what stands before the role is the unit and the name, what follows it is the scope."""
    at = next((at for at, cell in enumerate(cells) if clean(cell) in _roles()), None)
    if at is None:
        return dict(zip(COLUMNS, cells, strict=False))
    before, role = cells[:at], _roles()[clean(cells[at])]
    of_unit = role in _OF_UNITS
    unit = before[0] if before and (of_unit or len(before) > 1) else ""
    name = before[-1] if len(before) > 1 or (before and not of_unit) else ""
    return dict(zip(COLUMNS, (unit, name, cells[at], " ".join(cells[at + 1 :])), strict=True))


def _read(number: int, said: dict[str, str], question_service: QuestionService, plan: str) -> InvitationRowRead:
    name, named = said.get("姓名", ""), said.get("身份", "")
    role = _roles().get(clean(named))
    if role is None:
        return InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_ROLE, said=named)
    if name and not _NAME.fullmatch(name):
        return InvitationRowRead(number=number, name=name, fault=InvitationFault.NAME, said=name)
    unit, scope = said.get("单位", ""), said.get("范围", "")
    if role is Role.CONTACT:
        return _of_projects(number, name, unit, scope, question_service, plan)
    if role in _OF_UNITS:
        return _of_units(number, name, role, [unit], question_service, plan)
    if role not in IN_CHARGE or (scope in _WHOLE and scope):
        return InvitationRowRead(number=number, name=name, grants=(Grant(role, plan),))
    parts = [part for part in _SCOPES.split(scope) if part]
    if not parts:
        return InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_SCOPE)
    sections = [part for part in parts if part.isdecimal()]
    if unknown := next((one for one in sections if (plan, int(one)) not in question_service.library.sections), None):
        return InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_SECTION, said=unknown)
    row = _of_units(number, name, role, [one for one in parts if one not in sections], question_service, plan)
    whole = (*(Grant(role, plan, section=int(one)) for one in sections), *row.grants)
    return row if row.fault else InvitationRowRead(number=number, name=name, grants=tuple(dict.fromkeys(whole)))


def _of_projects(
    number: int, name: str, unit: str, scope: str, question_service: QuestionService, plan: str
) -> InvitationRowRead:
    """A contact of the projects in its scope, in the unit's name."""
    row = _of_units(number, name, Role.CONTACT, [unit], question_service, plan)
    parts = [part for part in _SCOPES.split(scope) if part]
    if row.fault or not parts:
        return row if row.fault else InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_SCOPE)
    projects = [find_project(question_service, plan, part) for part in parts]
    if None in projects:
        said = parts[projects.index(None)]
        near = near_projects(question_service, plan, said)
        return InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_PROJECT, said=said, near=near)
    (held,) = row.grants
    return InvitationRowRead(number=number, name=name, grants=tuple(replace(held, project=one) for one in projects))


def _of_units(
    number: int, name: str, role: Role, units: Iterable[str], question_service: QuestionService, plan: str
) -> InvitationRowRead:
    grants: list[Grant] = []
    for said in units:
        found = find_units(question_service, plan, said)
        if len(found) != 1:
            near = found or near_units(question_service, plan, said)
            return InvitationRowRead(number=number, name=name, fault=InvitationFault.NO_UNIT, said=said, near=near)
        grants.append(Grant(role, plan, found[0]))
    return InvitationRowRead(number=number, name=name, grants=tuple(grants))


def _checked(
    row: InvitationRowRead, seen: set[tuple[str, tuple[Grant, ...]]], members: Collection[Member]
) -> InvitationRowRead:
    """Without who stands in the list already, or is bound already."""
    if any(one.name == row.name and set(row.grants) <= set(one.grants) for one in members if row.name):
        return InvitationRowRead(number=row.number, name=row.name, grants=row.grants, fault=InvitationFault.BOUND)
    if (row.name, row.grants) in seen:
        return InvitationRowRead(number=row.number, name=row.name, grants=row.grants, fault=InvitationFault.TWICE)
    seen.add((row.name, row.grants))
    return row


@cache
def _roles() -> dict[str, Role]:
    """What is written in the column 身份 → the role."""
    return {clean(name): role for role, name in ROLES.items()} | {clean(name): role for name, role in _ALSO.items()}
