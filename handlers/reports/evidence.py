"""Evidence (佐证): photos and documents with a report or after it; and getting them back."""

import mimetypes
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import acted, target_in_force
from handlers.chat.authorize import enters_reports, note, turned_away
from handlers.chat.context import Context, sentence
from handlers.chat.conversation import say, settle
from handlers.chat.incoming import Filed
from handlers.chat.outgoing import Call, Edit, Fetch, Hand, Send
from handlers.chat.prompts import ask_for, open_prompt, taken_prompt
from handlers.reports import drafts
from handlers.reports import texts_evidence as texts
from handlers.reports.codes import RecordVerb
from handlers.reports.evidence_files import clean_name, ending, problem_before
from handlers.reports.on_behalf import behalf
from handlers.reports.proposal import last_subject, propose, read_report
from handlers.reports.texts_lifecycle import ended_already, line
from handlers.texts.reply import Reply
from knowledge.plan.model import Target
from knowledge.reports.model import UpdateOutcome
from knowledge.reports.on_behalf import written_down
from knowledge.standing.report import Status
from storage import evidence, reports
from storage.dialogs import last_answered
from storage.report_row import Record

READ = ("xlsx", "csv")
"""What may hold a table to be read; it is then not kept."""
_OFFERED, _MOST = timedelta(hours=24), 5
"""How old the own reports are at most that /evidence alone offers, and how many."""
_NUMBERED = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePlace:
    """A report or a draft that a file may go with."""

    told: str
    report: int | None = None
    draft: int | None = None

    @property
    def line(self) -> str:
        """How a button's line names it."""
        return f"draft {self.draft}" if self.report is None else f"report {self.report}"


def keeps_files(context: Context) -> bool:
    """Whether this person's photos and documents may be evidence."""
    return not context.group and enters_reports(context.actor)


def take_file(context: Context, filed: Filed) -> Call | None:
    """Keep a photo or document with what it belongs to; None where there is nothing to say before it is fetched.

    What may belong to several is kept, and asked about; what belongs to nothing is not kept.
    """
    actor = context.actor
    if actor.member is None:
        return turned_away(context, actor, Action.REPORT)
    asked_for = _record_asked_for(context, actor)
    name = _name_of(filed)
    if problem := problem_before(name, filed.size):
        return sentence(context, texts.not_kept(name, problem))
    if filed.caption:
        if (said := _with_words(context, actor.member, filed, name)) is not None:
            return said
        name = clean_name(texts.captioned(filed.caption, name)) if filed.picture else name
    before = evidence.of_album(context.session, actor.member, filed.album) if filed.album else None
    if before is not None:
        _want(context, actor.member, filed, name, report=before.report, draft=before.draft)
        _say_anew(context, actor, before)
        return None
    places = [_place_of(context, asked_for)] if asked_for else _places(context, actor.member)
    if not places and ending(name) in READ:
        _want(context, actor.member, filed, name)
        _say_once_kept(context, texts.nothing_to_keep_with(), only_sheet=True)
        return None
    if not places:
        return say(context, texts.nothing_to_keep_with())
    report, draft = (places[0].report, places[0].draft) if len(places) == 1 else (None, None)
    number = _want(context, actor.member, filed, name, report=report, draft=draft)
    _say_once_kept(context, _receipt(context, actor, number))
    return None


def _places(context: Context, member: int) -> list[FilePlace]:
    """What a file that says nothing may belong to: what waits to be confirmed, and what was reported lately."""
    waiting = [FilePlace(told=texts.draft_line(draft.item), draft=kept.id) for kept, draft in drafts.open_ones(context)]
    recent = reports.live_by(context.session, member, since=context.now - _OFFERED, limit=_MOST)
    return [*waiting, *(_place_of(context, record) for record in recent)][:_MOST]


def _place_of(context: Context, record: Record) -> FilePlace:
    return FilePlace(told=line(record, _target(context, record)), report=record.number)


def _receipt(context: Context, actor: Actor, number: int) -> Reply:
    """How many files have come, and with what they go; or with which of several they are to go."""
    held = evidence.get_evidence(context.session, number)
    assert held is not None  # noqa: S101 - this transaction has it
    names = [one.name for one in evidence.sent_with(context.session, held)]
    record = reports.get_record(context.session, held.report) if held.report is not None else None
    if record is not None:
        return texts.kept(names, record, _target(context, record), number)
    draft = next((one for one in drafts.open_ones(context) if one[0].id == held.draft), None)
    if draft is not None:
        return texts.kept_with_draft(names, draft[1].item, number)
    return _which(context, actor, names, number)


def _which(context: Context, actor: Actor, names: Sequence[str], number: int) -> Reply:
    places = _places(context, actor.member or 0)
    lines = [(one.told, f"{RecordVerb.PUT} {number} {one.line}") for one in places]
    return texts.which_place(names, lines, number)


def _say_once_kept(context: Context, reply: Reply, *, over: int | None = None, only_sheet: bool = False) -> None:
    """The last file that is fetched says it."""
    fetch = context.besides[-1]
    said = say(context, reply, over=over)
    if isinstance(fetch, Fetch) and isinstance(said, Send | Edit):
        context.besides[-1] = replace(fetch, kept=said, only_sheet=only_sheet)


def _say_anew(context: Context, actor: Actor, first: evidence.Evidence) -> None:
    """One more of an album: what was said of the first counts it, where it is the last that was said."""
    turn = last_answered(context.session, chat_id=context.chat)
    if turn is not None and any(one.split()[2:3] == [str(first.number)] for one in turn.buttons):
        _say_once_kept(context, _receipt(context, actor, first.number), over=turn.answer_id)


def show_evidence(context: Context, rest: str) -> Call:
    """/evidence and a report's number: the next file is kept with it, words are not; /evidence see and the number: get
    the files."""
    actor = context.actor
    verb, _, number = rest.partition(" ")
    if verb == RecordVerb.SEE:
        return _hand_out(context, actor, number.strip())
    if not enters_reports(actor) and (no := turned_away(context, actor, Action.REPORT)):
        return no
    if verb in {RecordVerb.PUT, RecordVerb.MOVE}:
        return _put(context, actor, number)
    if not rest and actor.member is not None:
        mine = reports.live_by(context.session, actor.member, since=context.now - _OFFERED, limit=_MOST)
        return say(context, texts.choose_report([(one.number, line(one, _target(context, one))) for one in mine]))
    said, _, words = rest.partition(" ")
    found = _NUMBERED.fullmatch(said)
    record = reports.get_record(context.session, int(found[0])) if found else None
    if record is None or record.author != actor.member:
        return say(context, texts.which_report())
    if record.report.status not in {Status.ACCEPTED, Status.PENDING}:
        return say(context, ended_already(record))
    reply = texts.send_now(record, _target(context, record), instead_of_words=bool(words))
    return ask_for(context, reply, f"/evidence {record.number}")


def _put(context: Context, actor: Actor, line: str) -> Call:
    """`3 report 7`, `3 draft 5`, `3 drop`: where the file and what came with it belongs; `3`: ask."""
    said, _, where = line.partition(" ")
    held = evidence.get_evidence(context.session, int(said)) if _NUMBERED.fullmatch(said) else None
    if held is None or held.author != actor.member:
        return say(context, texts.nothing_to_keep_with())
    files = evidence.sent_with(context.session, held)
    if where == RecordVerb.DROP:
        evidence.drop(context.session, files)
        return settle(context, texts.dropped(len(files)))
    place = next((one for one in _places(context, held.author) if one.line == where), None)
    if place is None:
        return settle(context, _which(context, actor, [one.name for one in files], held.number))
    evidence.place(context.session, files, report=place.report, draft=place.draft)
    return settle(context, _receipt(context, actor, held.number))


def _hand_out(context: Context, actor: Actor, number: str) -> Call:
    if no := turned_away(context, actor, Action.SEE_EVIDENCE):
        return no
    record = reports.get_record(context.session, int(number)) if re.fullmatch("[0-9]{1,18}", number) else None
    if record is None:
        return say(context, texts.which_report())
    about = record.report.subject
    subject = acted(about, context.library, context.cards(about.plan), whose=record.author)
    if no := turned_away(
        context, actor, Action.SEE_EVIDENCE, replace(subject, units=subject.units | {record.report.unit})
    ):
        return no
    found = evidence.evidence_of(context.session, record)
    context.besides.extend(Hand(chat=context.chat, sha256=one.sha256, name=one.name) for one in found if one.sha256)
    note(context, actor, "see_evidence", f"report:{record.number}", {"files": len(found)})
    return say(context, texts.handed(record, _target(context, record), [one.name for one in found]))


def _with_words(context: Context, member: int, filed: Filed, name: str) -> Call | None:
    """A report with its evidence in one message: the file goes with the draft that the words begin."""
    if written_down(filed.caption) and may(context.actor, Action.RECORD_ON_BEHALF):
        said: Call | None = behalf(context, filed.caption)
    elif not may(context.actor, Action.REPORT):
        return None
    else:
        said = _proposed(context, filed.caption)
    begun = drafts.current(context)
    if begun is not None and begun[0].message == context.message:
        _want(context, member, filed, name, draft=begun[0].id)
    return said


def _proposed(context: Context, caption: str) -> Call | None:
    service, today = context.services.question_service, context.services.clock.today()
    understood = read_report(caption, service, context.actor, today, partial(last_subject, context, caption))
    if understood.outcome is not UpdateOutcome.UNDERSTOOD:
        return None
    return propose(context, caption, understood)


def _want(
    context: Context, member: int, filed: Filed, name: str, *, report: int | None = None, draft: int | None = None
) -> int:
    """The file is fetched; its number."""
    number = evidence.want(
        context.session, report=report, draft=draft, author=member, name=name, album=filed.album, now=context.now
    )
    context.besides.append(Fetch(chat=context.chat, file=filed.file, evidence=number, name=name))
    return number


def _record_asked_for(context: Context, actor: Actor) -> Record | None:
    """The report for which /evidence asked for this file; whatever else is asked for is still to be typed."""
    prompt = open_prompt(context)
    if prompt is None or not prompt.command.startswith("/evidence "):
        return None
    taken_prompt(context)
    found = _NUMBERED.fullmatch(prompt.command.removeprefix("/evidence "))
    record = reports.get_record(context.session, int(found[0])) if found else None
    return record if record is not None and record.author == actor.member else None


def _name_of(filed: Filed) -> str:
    if filed.picture:
        return texts.photo_name(filed.message)
    guessed = mimetypes.guess_extension(filed.media_type) or ""
    return clean_name(filed.file_name or texts.file_name(filed.message, guessed))


def _target(context: Context, record: Record) -> Target | None:
    subject = record.report.subject
    return target_in_force(subject, context.library, context.cards(subject.plan))
