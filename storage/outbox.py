"""The outbox: whatever the bot says without being asked is a row here first, in the transaction that wants it said.

    queued --claim--> sending --mark_sent--> sent
      |  \\--retry-------/   \\--fail--> failed
      |                      \\--doubt--> queued again, or (a kind not safe to repeat) uncertain
      \\--> expired, skipped                    failed, uncertain --send_again--> queued, --give_up--> skipped

A row's key is its kind, recipient and occurrence, so that nobody is told the same twice whoever enqueues it.
`not_before` is plan time; every other time is machine time. Claiming and its consequences are in `storage.claims`,
what a person looks at in `storage.outbox_view`.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    case,
    cast,
    literal,
    select,
    update,
)
from sqlalchemy import (
    text as in_sql,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from storage.base import NEVER_AGAIN, Base, LongInteger, RowId, insert
from storage.columns import RichTextType
from storage.people import MemberRow
from storage.rich_text import Text

Keyboard = tuple[tuple[tuple[str, str], ...], ...]
"""Rows of (label, callback data)."""

NO_CHAT = 0
"""The chat of a row whose recipient was forgotten; Telegram never gives this id."""


class OutboxKind(StrEnum):
    NOTICE = "notice"
    """Telling somebody else what was done."""
    ANNOUNCEMENT = "announcement"
    """From the office, to many."""
    RECALL = "recall"
    """Takes an announcement back: deletes its message, or says that it no longer holds."""
    REMINDER = "reminder"
    PERSONAL = "personal"
    """A reminder that a person made for themselves."""
    DIGEST = "digest"
    DRAFT = "draft"
    """A draft bulletin, to those who may release it."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a kind is delivered."""

    priority: int
    """The lower, the sooner; 0 is for replies, which are never in the table."""
    repeatable: bool = True
    """Whether it is sent again when its fate is unknown; otherwise a person is asked."""


MANNERS = {
    OutboxKind.NOTICE: Manner(1),
    OutboxKind.ANNOUNCEMENT: Manner(1, repeatable=False),
    OutboxKind.RECALL: Manner(1),
    OutboxKind.REMINDER: Manner(2),
    OutboxKind.PERSONAL: Manner(2),
    OutboxKind.DIGEST: Manner(3),
    OutboxKind.DRAFT: Manner(3),
}
UNREPEATABLE = tuple(kind for kind, manner in MANNERS.items() if not manner.repeatable)


class OutboxState(StrEnum):
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    SKIPPED = "skipped"
    UNCERTAIN = "uncertain"


TROUBLED = (OutboxState.FAILED, OutboxState.UNCERTAIN)
"""What a person may send again or give up."""


class DeliveryReason(StrEnum):
    """Why a row was skipped, failed or is uncertain."""

    LOCKED = "locked"
    FORGOTTEN = "forgotten"
    UNBOUND = "unbound"
    """No role in the plan is left."""
    NEVER_WROTE = "never_wrote"
    """The bot may not begin a conversation."""
    BLOCKED = "blocked"
    NOT_FOUND = "not_found"
    """Telegram knows no such chat, or the bot was never written to."""
    DEACTIVATED = "deactivated"
    GIVEN_UP = "given_up"
    """By a person."""
    TOO_LONG = "too_long"
    REFUSED = "refused"
    """By Telegram, for another reason, which the log has."""
    BROKEN = "broken"
    """An error of the program, which the log has."""
    DIED = "died"
    """The process that was sending it ended."""
    NO_ANSWER = "no_answer"
    """It went out and no answer came back."""
    RESTORED = "restored"
    """It waited in a backup, and may have been sent since."""


class OutboxRow(Base):
    __tablename__ = "outbox"

    id: Mapped[RowId]
    key: Mapped[str] = mapped_column(unique=True, comment="kind, recipient, occurrence")
    plan: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey(MemberRow.id), comment="null: nobody of the plan")
    chat_id: Mapped[LongInteger] = mapped_column(comment="0: the recipient was forgotten")
    kind: Mapped[OutboxKind]
    priority: Mapped[int]
    keyboard: Mapped[list[list[list[str]]] | None] = mapped_column(
        JSON(none_as_null=True), comment="rows of [label, callback data]"
    )
    turn_id: Mapped[int | None] = mapped_column(BigInteger, comment="the turn that its buttons belong to")
    target_message_id: Mapped[LongInteger | None] = mapped_column(comment="the message that a recall takes back")
    not_before: Mapped[datetime | None] = mapped_column(comment="plan time; null: at once")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None] = mapped_column(comment="of no use from then on")
    state: Mapped[OutboxState]
    attempts: Mapped[int] = mapped_column(comment="claims since it was enqueued or a person sent it again")
    repeats: Mapped[int] = mapped_column(comment="times it was sent again although its fate was unknown")
    next_try: Mapped[datetime]
    worker: Mapped[int | None] = mapped_column(comment="who claimed it last")
    sent_at: Mapped[datetime | None]
    sent_day: Mapped[date | None] = mapped_column(comment="plan day")
    message_id: Mapped[LongInteger | None] = mapped_column(comment="null: what a recall deleted leaves none")
    reason: Mapped[str | None] = mapped_column(comment="why it did not arrive")
    thread_id: Mapped[LongInteger | None] = mapped_column(comment="the forum topic of a group that it goes into")
    text: Mapped[Text] = mapped_column(
        RichTextType(), server_default=in_sql("'\"\"'"), comment="emptied once it is sent, expired or skipped"
    )

    __table_args__ = (
        *(
            Index(name, *columns, sqlite_where=in_sql(where), postgresql_where=in_sql(where))
            for name, columns, where in (
                # a claim must cost the same however many rows are finished
                ("ix_outbox_queued", ("priority", "id"), "state = 'queued'"),
                ("ix_outbox_expiring", ("expires_at",), "state = 'queued'"),
                ("ix_outbox_sending", ("worker",), "state = 'sending'"),
                ("ix_outbox_troubled", ("plan", "id"), "state IN ('failed', 'uncertain')"),
                ("ix_outbox_repeated", ("plan", "created_at"), "repeats > 0"),
            )
        ),
        Index("ix_outbox_plan_state_sent_day", "plan", "state", "sent_day"),
        NEVER_AGAIN,
    )


EMPTIED: Mapping[str, str | None] = {"text": "", "keyboard": None}
"""What a row no longer holds when nobody needs its words any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A message to enqueue."""

    kind: OutboxKind
    occurrence: str
    """Of kind and recipient there is one row an occurrence; a rule and a day, or the number of what it speaks of."""
    plan: str
    chat: int
    text: Text
    member: int | None = None
    """The recipient: it is not sent once they are locked, forgotten or without a role in the plan. None: anybody."""
    keyboard: Keyboard = ()
    turn: int | None = None
    """Once sent, the message is this turn's answer."""
    target: int | None = None
    """RECALL: the message to take back; `text` is said where it cannot be deleted any more."""
    thread: int | None = None
    """The forum topic of a group that it goes into."""
    not_before: datetime | None = None
    """Plan time, aware; None: at once."""
    expires_at: datetime | None = None
    """Machine time, aware; None: never."""

    @property
    def key(self) -> str:
        recipient = f"chat {self.chat}" if self.member is None else f"member {self.member}"
        return f"{self.kind}:{recipient}:{self.occurrence}"


def enqueue(session: Session, letter: Letter, *, now: datetime) -> int | None:
    """The new row's number; None where the key is there already. `now` is machine time."""
    return enqueue_all(session, [letter], now=now)[0]


def enqueue_all(session: Session, letters: Sequence[Letter], *, now: datetime) -> tuple[int | None, ...]:
    """As `enqueue`, in one statement for as many as the database takes at once; the second of a key gives None too."""
    if not letters:
        return ()
    statement = (
        insert(session, OutboxRow).on_conflict_do_nothing(index_elements=["key"]).returning(OutboxRow.key, OutboxRow.id)
    )
    distinct: dict[str, Letter] = {}
    for letter in letters:
        distinct.setdefault(letter.key, letter)
    found = session.execute(statement, [_values(letter, now) for letter in distinct.values()])
    note_enqueued(session)
    numbers: dict[str, int] = dict(found.all())
    return tuple(numbers.pop(letter.key, None) for letter in letters)


def note_enqueued(session: Session) -> None:
    """There is something to send once the session is committed."""
    session.info["enqueued"] = True


def has_enqueued(session: Session) -> bool:
    """Whether there is something to send because of this session."""
    return "enqueued" in session.info


def known_keys(session: Session, keys: Collection[str]) -> set[str]:
    """Those of the keys that are in the outbox, whatever became of them."""
    return set(session.scalars(select(OutboxRow.key).where(OutboxRow.key.in_(keys))))


def keep_back(session: Session, keys: Collection[str]) -> None:
    """Skip those of the messages that still wait to go out: there is no reason for them any more."""
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.key.in_(keys), OutboxRow.state == OutboxState.QUEUED)
        .values(state=OutboxState.SKIPPED, reason=DeliveryReason.GIVEN_UP, **EMPTIED)
        .execution_options(synchronize_session=False)
    )


def forget_chat(session: Session, chat_id: int) -> None:
    """Nothing more goes to this chat, and no row knows it any more; what was counted stays counted."""
    waiting = in_state(OutboxState.QUEUED, *TROUBLED)
    anonymous = literal("forgotten ") + cast(OutboxRow.id, String)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.chat_id == chat_id)
        .values(
            state=case((waiting, OutboxState.SKIPPED), else_=OutboxRow.state),
            reason=case((waiting, DeliveryReason.FORGOTTEN), else_=OutboxRow.reason),
            chat_id=NO_CHAT,
            key=case((OutboxRow.member_id.is_(None), anonymous), else_=OutboxRow.key),
            message_id=None,
            target_message_id=None,
            **EMPTIED,
        )
    )


def rewind_outbox(session: Session, now: datetime) -> None:
    """The plan clock was set back to `now`: what was told of days still to come holds up no other message of theirs,
    and what of it still waits is not sent."""
    waiting = in_state(OutboxState.QUEUED)
    session.execute(
        update(OutboxRow)
        .where(OutboxRow.not_before > now)
        .values(
            key=literal("rewound ") + cast(OutboxRow.id, String),
            state=case((waiting, OutboxState.SKIPPED), else_=OutboxRow.state),
            reason=case((waiting, DeliveryReason.GIVEN_UP), else_=OutboxRow.reason),
        )
    )


def in_state(*states: OutboxState) -> ColumnElement[bool]:
    """The condition in the words of the partial indexes: a prepared statement with bound values cannot use them."""
    written = [literal(state, OutboxRow.state.type, literal_execute=True) for state in states]
    return OutboxRow.state == written[0] if len(written) == 1 else OutboxRow.state.in_(written)


def _values(letter: Letter, now: datetime) -> dict[str, object]:
    return {
        "key": letter.key,
        "plan": letter.plan,
        "member_id": letter.member,
        "chat_id": letter.chat,
        "kind": letter.kind,
        "priority": MANNERS[letter.kind].priority,
        "text": letter.text,
        "keyboard": letter.keyboard or None,
        "turn_id": letter.turn,
        "target_message_id": letter.target,
        "thread_id": letter.thread,
        "not_before": letter.not_before,
        "created_at": now,
        "expires_at": letter.expires_at,
        "state": OutboxState.QUEUED,
        "attempts": 0,
        "repeats": 0,
        "next_try": now,
    }
