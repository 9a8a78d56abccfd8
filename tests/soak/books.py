"""The books after a play: every answer that was due came, in order; nothing is lost, left over, recorded twice, told.

What may come more than once is an answer whose sender could not know that it had arrived.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from bot_api_schema import Schema
from sqlalchemy import select

from soak.people import BLOCKED, GONE, MARK, Due, Play, strict
from soak.server import Arrival, Fetching
from storage.database import Database
from storage.evidence import EvidenceRow, FileState
from storage.inbox import UNFINISHED, InboxRow, InboxState
from storage.outbox import OutboxRow, OutboxState
from storage.people import MemberRow
from storage.report_row import ReportRow

ASKED_AGAIN = 30
"""So often an update may be handed out, with the faults of polls and the kills of a run."""


def problems(play: Play, database: Database, files: Path, log: str, schema: Schema | None) -> list[str]:
    """What is wrong, one sentence each; none where all promises were kept."""
    return [
        *play.wrong,
        *_inbox(play, database, log),
        *_answers(play, database),
        *_outbox(database),
        *_figures(play, database),
        *_evidence(play, database, files),
        *_calls(play, schema),
        *_log(log),
        *_failures(play, database, log),
    ]


def _inbox(play: Play, database: Database, log: str) -> Iterator[str]:
    with database.read() as session:
        states = {int(key): state for key, state in session.execute(select(InboxRow.key, InboxRow.state)).all()}
    if left := sorted(number for number, state in states.items() if state in UNFINISHED):
        yield f"{len(left)} rows of the inbox are unfinished: updates {left[:5]}"
    if lost := [due.update for due in play.dues if due.update not in states]:
        yield f"{len(lost)} good updates are not in the inbox: {lost[:5]}"
    if often := {number: times for number, times in play.server.handed.items() if times > ASKED_AGAIN}:
        yield f"the poll did not get past updates: {often}"
    unanswered = [tap for tap in play.taps if not play.server.toasts[tap]]
    if len(unanswered) > log.count("update ended the program twice"):  # of these the person hears in a message
        yield f"{len(unanswered)} taps still spin"


def _answers(play: Play, database: Database) -> Iterator[str]:
    with database.read() as session:
        aside = select(InboxRow.key, InboxRow.error).where(InboxRow.state == InboxState.QUARANTINED)
        errors = {int(number): error or "" for number, error in session.execute(aside).all()}
        posted = {(chat, number) for chat, number in session.execute(select(OutboxRow.chat_id, OutboxRow.message_id))}
    for chat in sorted({due.chat for due in play.dues}):
        owed = [one for one in play.dues if one.chat == chat]
        for due in owed:
            error = errors.get(due.update)
            if error is not None and not (due.optional or any(error in one.text for one in play.server.arrived[chat])):
                yield f"in {chat} the sender of {due.update} never heard of error {error}"
        dues = [due for one in owed for due in _set_aside(one, errors.get(one.update))]
        besides = {one.text for one in play.server.arrived[chat] if (chat, one.number) in posted}
        yield from compare(dues, [one for one in play.server.arrived[chat] if one.text not in besides])


def _set_aside(due: Due, error: str | None) -> tuple[Due, ...]:
    """Of a row that was set aside its sender hears the number, at once or by the outbox, whatever arrived before."""
    if error is None or due.optional:
        return (due,)
    return replace(due, optional=True), replace(due, words=error, optional=True)


def compare(dues: Sequence[Due], arrivals: Sequence[Arrival]) -> Iterator[str]:
    """Whether the arrivals are the dues in order, with repeats of what its sender was not sure of in between.

    What is optional, that a file was not kept, may be said again: a busy database may be away once it is sent.
    """
    chat, alone = dues[0].chat, strict(dues[0].chat)
    reached = _passing_over({0}, dues)
    for place, one in enumerate(arrivals):
        again = not alone or any(before.unsure and before.text == one.text for before in arrivals[:place])
        again = again or any(due.optional and _fits(due, one) for due in dues[: max(reached)])
        onward = {due + 1 for due in reached if due < len(dues) and _fits(dues[due], one)}
        stays = reached if again else set()
        if not (onward or stays):
            due = dues[max(reached)] if max(reached) < len(dues) else None
            yield f"in {chat} came {one.text[:60]!r} ({place + 1} of {len(arrivals)}), but due was {due}"
            return
        reached = _passing_over(onward | stays, dues)
    if len(dues) not in reached:
        yield f"in {chat} {len(dues) - max(reached)} of {len(dues)} answers never came, first {dues[max(reached)]}"


def _passing_over(reached: set[int], dues: Sequence[Due]) -> set[int]:
    """With the places that are reached where what is optional does not come."""
    for place in range(min(reached), len(dues)):
        if place in reached and dues[place].optional:
            reached = reached | {place + 1}
    return reached


def _fits(due: Due, arrival: Arrival) -> bool:
    return due.words in arrival.text and due.thread == arrival.thread


def _outbox(database: Database) -> Iterator[str]:
    with database.read() as session:
        rows = session.execute(select(OutboxRow.chat_id, OutboxRow.state, OutboxRow.reason)).all()
    if left := [row for row in rows if row[1] is not OutboxState.SENT and row[0] not in {BLOCKED, GONE}]:
        yield f"{len(left)} messages of the outbox were not sent: {left[:5]}"


def _figures(play: Play, database: Database) -> Iterator[str]:
    with database.read() as session:
        people = dict(session.execute(select(MemberRow.id, MemberRow.telegram_id)).all())
        rows = session.execute(select(ReportRow.author_id, ReportRow.value).order_by(ReportRow.id)).all()
    for person, confirmed in play.figures.items():
        recorded = [int(value) for author, value in rows if people[author] == person and value is not None]
        if recorded != confirmed:
            yield f"{person} confirmed {confirmed}, recorded are {recorded}"


def _evidence(play: Play, database: Database, folder: Path) -> Iterator[str]:
    """Each file is kept as it was sent, or its sender heard its name and that it was not, or of an error."""
    with database.read() as session:
        rows = session.execute(select(EvidenceRow.sha256, EvidenceRow.state)).all()
    kept = {digest for digest, state in rows if state is FileState.KEPT}
    if waiting := sum(state is FileState.WANTED for _, state in rows):
        yield f"{waiting} files are still wanted"
    for file in play.files:
        digest = sha256(file.content).hexdigest()
        said = [one.text for one in play.server.arrived[file.chat] if file.name in one.text and "没有保存" in one.text]
        path = folder / digest[:2] / digest
        if digest in kept:
            if not path.exists() or path.read_bytes() != file.content:
                yield f"{file.name} is kept, but not in the folder"
        elif not (said or file.cancelled or any("错误号" in one.text for one in play.server.arrived[file.chat])):
            yield f"{file.name} ({file.fetching}) is neither kept nor was its sender told"
        if file.fetching is Fetching.WHOLE and said:
            yield f"{file.name} was there, but its sender heard {said[0][:60]!r}"


def _calls(play: Play, schema: Schema | None) -> Iterator[str]:
    if schema is None:
        return
    found = {problem for method, params in play.server.calls for problem in schema.call(method, params)}
    yield from sorted(found)


def _log(log: str) -> Iterator[str]:
    """No word of anybody's; and nothing that the program itself calls a mistake of its own."""
    lines = log.splitlines()
    if spoken := [line for line in lines if MARK in line]:
        yield f"{len(spoken)} lines of the log hold what people wrote: {spoken[0][:300]}"
    for fault in ("Traceback", "worker failed", "delivery failed"):
        if found := [line for line in lines if fault in line]:
            yield f"{len(found)} times in the log: {found[0][:300]}"


def _failures(play: Play, database: Database, log: str) -> Iterator[str]:
    """Only what is not true to the schema may fail while it is handled."""
    with database.read() as session:
        updates = {row: int(key) for row, key in session.execute(select(InboxRow.id, InboxRow.key)).all()}
    for line in log.splitlines():
        row = re.search(r"\brow=(\d+)", line) if "update failed" in line else None
        if row and play.strange.get(updates[int(row[1])], True):
            yield f"update {updates[int(row[1])]} failed: …{line[-500:]}"
