"""Whether anything about a subject has changed since it was last looked at, without reading its reports.

Rows are only added and each of their marks is set once, so that counts and last times tell one state from another,
also from one that was rolled back.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session

from storage.reports import ReportRow

Version = tuple[Any, ...]
"""Equal where nothing has changed."""
NOTHING: Version = ()
"""Of a subject that nobody has reported on."""

_MARKS = (ReportRow.received_at, ReportRow.accepted_at, ReportRow.ended_at, ReportRow.approved_at, ReportRow.checked_at)


def versions_of(session: Session, plan: str, subjects: Collection[tuple[str, str]]) -> dict[tuple[str, str], Version]:
    """The versions of those of the subjects (task, name) that have any report, in one statement."""
    marks = [of(mark) for mark in _MARKS for of in (func.count, func.max)]
    rows = session.execute(
        select(ReportRow.task, ReportRow.name, func.max(ReportRow.id), *marks)
        .where(ReportRow.plan == plan, tuple_(ReportRow.task, ReportRow.name).in_(sorted(subjects)))
        .group_by(ReportRow.task, ReportRow.name)
    )
    return {(task, name): tuple(version) for task, name, *version in rows}
