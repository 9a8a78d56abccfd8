"""Evidence (佐证): photos and documents with a report or after it; and getting them back."""

import mimetypes
import re
from dataclasses import replace
from datetime import timedelta

from handlers.access.policy import Action, Actor, may
from handlers.access.responsibility import acted, target_in_force
from handlers.chat.authorize import note, turned_away
from handlers.chat.context import Context, sentence
from handlers.chat.conversation import say
from handlers.chat.incoming import Filed
from handlers.chat.outgoing import Call, Fetch, Hand, Send
from handlers.chat.prompts import ask_for, open_prompt, taken_prompt
from handlers.reports import drafts
from handlers.reports import texts_evidence as texts
from handlers.reports.codes import RecordVerb
from handlers.reports.evidence_files import clean_name, problem_before
from handlers.reports.proposal import hear_report
from handlers.reports.texts_lifecycle import ended_already, line
from handlers.texts.reply import Reply
from knowledge.plan.model import Target
from knowledge.standing.report import Status
from storage import evidence, reports
from storage.report_row import Record

_OFFERED, _MOST = timedelta(hours=24), 5
"""How old the own reports are at most that /evidence alone offers, and how many."""
_NUMBERED = re.compile(r"[0-9]{1,18}")


def keeps_files(context: Context) -> bool:
    """Whether this person's photos and documents may be evidence."""
    return not context.group and may(context.actor, Action.REPORT)


def take_file(context: Context, filed: Filed) -> Call | None:
    """Keep a photo or document with what it belongs to; None where there is nothing to say before it is fetched."""
    actor = context.actor
    if actor.member is None:
        return turned_away(context, actor, Action.REPORT)
    asked_for = _record_asked_for(context, actor)
    name = _name_of(filed)
    if problem := problem_before(name, filed.size):
        return sentence(context, texts.not_kept(name, problem))
    if filed.caption:
        return _with_words(context, actor.member, filed.caption, name, filed.file, filed.album)
    reply: Reply | None = None
    report: int | None = None
    draft: int | None = None
    album = evidence.of_album(context.session, actor.member, filed.album) if filed.album else None
    if album is not None:
        report, draft = album.report, album.draft
    elif (record := asked_for) is not None:
        report, reply = record.number, texts.kept(name, record, _target(context, record))
    elif (open_one := drafts.current(context)) is not None:
        draft, reply = open_one[0].id, texts.kept_with_draft(name, open_one[1].item)
    elif (record := reports.last_by(context.session, actor.member)) is not None and _recent(context, record):
        report, reply = record.number, texts.kept(name, record, _target(context, record))
    else:
        return say(context, texts.nothing_to_keep_with())
    said = say(context, reply) if reply else None
    kept = said if isinstance(said, Send) else None
    _want(context, actor.member, name, filed.file, filed.album, report=report, draft=draft, kept=kept)
    return None


def show_evidence(context: Context, rest: str) -> Call:
    """/evidence and a report's number: the next file is kept with it; /evidence see and the number: get the files."""
    actor = context.actor
    verb, _, number = rest.partition(" ")
    if verb == RecordVerb.SEE:
        return _hand_out(context, actor, number.strip())
    if no := turned_away(context, actor, Action.REPORT):
        return no
    if not rest and actor.member is not None:
        mine = reports.live_by(context.session, actor.member, since=context.now - _OFFERED, limit=_MOST)
        return say(context, texts.choose_report([(one.number, line(one, _target(context, one))) for one in mine]))
    found = _NUMBERED.fullmatch(rest)
    record = reports.get_record(context.session, int(found[0])) if found else None
    if record is None or record.author != actor.member:
        return say(context, texts.which_report())
    if record.report.status not in {Status.ACCEPTED, Status.PENDING}:
        return say(context, ended_already(record))
    return ask_for(context, texts.send_now(record, _target(context, record)), f"/evidence {record.number}")


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


def _with_words(context: Context, member: int, words: str, name: str, file_id: str, album: str | None) -> Call:
    """A report with its evidence in one message: the file goes with the draft that the words begin."""
    said = hear_report(context, words)
    begun = drafts.current(context)
    if begun is None or begun[0].message != context.message:
        return say(context, texts.words_not_read(name))
    _want(context, member, name, file_id, album, draft=begun[0].id)
    return said


def _want(
    context: Context,
    member: int,
    name: str,
    file_id: str,
    album: str | None,
    *,
    report: int | None = None,
    draft: int | None = None,
    kept: Send | None = None,
) -> None:
    number = evidence.want(
        context.session, report=report, draft=draft, author=member, name=name, album=album, now=context.now
    )
    context.besides.append(Fetch(chat=context.chat, file=file_id, evidence=number, name=name, kept=kept))


def _record_asked_for(context: Context, actor: Actor) -> Record | None:
    """The report for which /evidence asked for this file; whatever else is asked for is still to be typed."""
    prompt = open_prompt(context)
    if prompt is None or not prompt.command.startswith("/evidence "):
        return None
    taken_prompt(context)
    found = _NUMBERED.fullmatch(prompt.command.removeprefix("/evidence "))
    record = reports.get_record(context.session, int(found[0])) if found else None
    return record if record is not None and record.author == actor.member else None


def _recent(context: Context, record: Record) -> bool:
    return context.now - record.report.received_at < drafts.LIFE


def _name_of(filed: Filed) -> str:
    if filed.picture:
        return texts.photo_name(filed.message)
    guessed = mimetypes.guess_extension(filed.media_type) or ""
    return clean_name(filed.file_name or texts.file_name(filed.message, guessed))


def _target(context: Context, record: Record) -> Target | None:
    subject = record.report.subject
    return target_in_force(subject, context.library, context.cards(subject.plan))
