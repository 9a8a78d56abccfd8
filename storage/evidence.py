"""Which files stand behind which reports; the files lie in a folder under their hashes (bot/evidence_folder.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, and_, delete, func, or_, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, RowId
from storage.people import MemberRow
from storage.report_row import Record, ReportRow


class FileState(StrEnum):
    WANTED = "wanted"
    """Promised by a message, not fetched yet."""
    KEPT = "kept"
    REFUSED = "refused"
    """Fetched and not kept: too large, of another type than its name says, or it must not be here."""


class EvidenceRow(Base):
    __tablename__ = "evidence"

    id: Mapped[RowId]
    report_id: Mapped[int | None] = mapped_column(ForeignKey(ReportRow.id), index=True)
    draft_id: Mapped[int | None] = mapped_column(
        BigInteger, index=True, comment="came with this draft: stands behind every report confirmed in it"
    )
    author_id: Mapped[int] = mapped_column(ForeignKey(MemberRow.id))
    name: Mapped[str] = mapped_column(comment="cleaned; its ending says the type")
    state: Mapped[FileState]
    album: Mapped[str | None] = mapped_column(comment="Telegram's number of the album that it came in")
    sha256: Mapped[str | None] = mapped_column(comment="of the content; null until it is fetched")
    size: Mapped[int | None] = mapped_column(comment="bytes")
    received_at: Mapped[datetime]

    __table_args__ = (NEVER_AGAIN,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file behind a report, or behind every report of a draft."""

    number: int
    report: int | None
    draft: int | None
    author: int
    name: str
    album: str | None
    state: FileState
    sha256: str | None
    size: int | None
    received_at: datetime


def want(
    session: Session,
    *,
    report: int | None = None,
    draft: int | None = None,
    author: int,
    name: str,
    album: str | None,
    now: datetime,
) -> int:
    """A file is to be kept with a report or a draft; returns its number."""
    row = EvidenceRow(
        report_id=report,
        draft_id=draft,
        author_id=author,
        name=name,
        state=FileState.WANTED,
        album=album,
        received_at=now,
    )
    session.add(row)
    session.flush()
    return row.id


def keep(session: Session, number: int, *, sha256: str, size: int) -> None:
    """The file has been fetched."""
    session.execute(
        update(EvidenceRow).where(EvidenceRow.id == number).values(state=FileState.KEPT, sha256=sha256, size=size)
    )


def refuse(session: Session, number: int) -> None:
    """The file has been fetched and is not kept; nor is its name."""
    session.execute(update(EvidenceRow).where(EvidenceRow.id == number).values(state=FileState.REFUSED, name=""))


def drop_of_draft(session: Session, draft: int) -> None:
    """The draft is cancelled: its files stand behind nothing."""
    session.execute(delete(EvidenceRow).where(EvidenceRow.draft_id == draft))


def get_evidence(session: Session, number: int) -> Evidence | None:
    row = session.get(EvidenceRow, number)
    return None if row is None else _value(row)


def sent_with(session: Session, one: Evidence) -> tuple[Evidence, ...]:
    """The files of the same album, or the one alone; without what was not kept."""
    same = (
        EvidenceRow.id == one.number
        if one.album is None
        else and_(EvidenceRow.author_id == one.author, EvidenceRow.album == one.album)
    )
    rows = session.scalars(
        select(EvidenceRow).where(same, EvidenceRow.state != FileState.REFUSED).order_by(EvidenceRow.id)
    )
    return tuple(map(_value, rows))


def place(session: Session, files: Iterable[Evidence], *, report: int | None = None, draft: int | None = None) -> None:
    """The files go with this report or draft, and with nothing else."""
    numbers = [one.number for one in files]
    session.execute(update(EvidenceRow).where(EvidenceRow.id.in_(numbers)).values(report_id=report, draft_id=draft))


def drop(session: Session, files: Iterable[Evidence]) -> None:
    """They stand behind nothing."""
    session.execute(delete(EvidenceRow).where(EvidenceRow.id.in_([one.number for one in files])))


def forget_unplaced(session: Session, *, before: datetime) -> None:
    """Files of which nobody has said what they belong to."""
    loose = (EvidenceRow.report_id.is_(None), EvidenceRow.draft_id.is_(None), EvidenceRow.received_at < before)
    session.execute(delete(EvidenceRow).where(*loose))


def count_of_draft(session: Session, draft: int) -> int:
    """Files that came with the draft."""
    kept = (EvidenceRow.draft_id == draft, EvidenceRow.state != FileState.REFUSED)
    return session.scalar(select(func.count()).select_from(EvidenceRow).where(*kept)) or 0


def of_album(session: Session, author: int, album: str) -> Evidence | None:
    """The first file of an album, so that the others go where it went."""
    row = session.scalar(
        select(EvidenceRow)
        .where(EvidenceRow.author_id == author, EvidenceRow.album == album)
        .order_by(EvidenceRow.id)
        .limit(1)
    )
    return None if row is None else _value(row)


def evidence_of(session: Session, record: Record) -> tuple[Evidence, ...]:
    """The files kept with a report, in order of arrival."""
    behind = [EvidenceRow.report_id == record.number]
    if record.draft is not None:
        behind.append(EvidenceRow.draft_id == record.draft)
    rows = session.scalars(
        select(EvidenceRow).where(or_(*behind), EvidenceRow.state == FileState.KEPT).order_by(EvidenceRow.id)
    )
    return tuple(map(_value, rows))


def with_evidence(session: Session, records: Iterable[Record]) -> frozenset[int]:
    """The numbers of those reports that a kept file stands behind, in one statement."""
    held = tuple(records)
    drafts = {record.draft for record in held if record.draft is not None}
    rows = session.execute(
        select(EvidenceRow.report_id, EvidenceRow.draft_id).where(
            or_(EvidenceRow.report_id.in_([record.number for record in held]), EvidenceRow.draft_id.in_(drafts)),
            EvidenceRow.state == FileState.KEPT,
        )
    ).all()
    numbers, with_draft = {number for number, _ in rows}, {draft for _, draft in rows} & drafts
    return frozenset(one.number for one in held if one.number in numbers or one.draft in with_draft)


def known_hashes(session: Session) -> frozenset[str]:
    """The hashes of all files that stand behind something."""
    return frozenset(session.scalars(select(EvidenceRow.sha256).where(EvidenceRow.sha256.is_not(None))))


def _value(row: EvidenceRow) -> Evidence:
    return Evidence(
        number=row.id,
        report=row.report_id,
        draft=row.draft_id,
        author=row.author_id,
        name=row.name,
        album=row.album,
        state=row.state,
        sha256=row.sha256,
        size=row.size,
        received_at=row.received_at,
    )
