"""Whether anything about a subject has changed since it was last looked at, without reading its reports.

Every change of a subject's reports gives it a new version, drawn by lot: a number that was rolled back never comes
again with other reports behind it.
"""

from collections.abc import Iterable
from secrets import randbits

from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage import audit
from storage.base import Base, table_of, upsert

Version = int
"""Equal where nothing has changed."""


class VersionRow(Base):
    __tablename__ = "report_versions"

    plan: Mapped[str] = mapped_column(primary_key=True)
    task: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(BigInteger, comment="another after every change of a report on the subject")


_VERSIONS = table_of(VersionRow)
_VERSIONS_OF = select(_VERSIONS.c.task, _VERSIONS.c.name, _VERSIONS.c.version).where(
    _VERSIONS.c.plan == bindparam("plan")
)


def has_changed(session: Session, subjects: Iterable[tuple[str, str, str]]) -> None:
    """Give the subjects (plan, task, name) new versions, in the transaction that changes their reports.

    It waits for the audit's lock, which the change is about to take anyhow: two who change the same subjects in
    another order follow one another.
    """
    audit.lock(session)
    for plan, task, name in sorted(set(subjects)):
        row: dict[str, object] = {"plan": plan, "task": task, "name": name, "version": 1 + randbits(62)}
        upsert(session, VersionRow, row, fresh=("version",))


def versions_of(session: Session, plan: str) -> dict[tuple[str, str], Version]:
    """The versions of all subjects (task, name) of the plan that have any report, in one statement."""
    return {(task, name): version for task, name, version in session.execute(_VERSIONS_OF, {"plan": plan})}
