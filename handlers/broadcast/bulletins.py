"""/bulletin (月度进展情况、通报、小结): drafted from a snapshot, taken through its steps and released by a person."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from handlers.access.policy import Action, Actor, Resource, may
from handlers.broadcast import texts_bulletin_paper as papers
from handlers.broadcast import texts_bulletins as texts
from handlers.broadcast.bulk import Parcel, Reachability, post, reach
from handlers.broadcast.bulletin_drafts import brought_up_to_date, draft_bulletin, frozen, reported_since
from handlers.broadcast.bulletin_process import BulletinProcess, BulletinStage, processes_of
from handlers.broadcast.bulletin_requests import labels_offered
from handlers.broadcast.bulletin_steps import forget_reminder, register, show_checks, start_check, undo
from handlers.broadcast.codes import BulletinVerb
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.texts.reply import Reply
from knowledge.standing.bulletin import BulletinKind, figures_day, label_of, period_of, told_at_meeting
from storage import bulletins as stored
from storage.bulletin_steps import BulletinStep, old_drafts, redraft
from storage.bulletins import Bulletin, BulletinState
from storage.outbox import OutboxKind
from storage.people import Member, Role, get_members, members_of_plan
from storage.plan_settings import meetings_of

LISTED = 30
_LABEL = re.compile(r"\d{4}-\d\d(?:~\d\d)?")
BEFORE_MEETING = timedelta(days=7)


def show_bulletins(context: Context, rest: str) -> Call:
    """/bulletin, a bulletin's number or a month's label, and what its releaser does with it."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_PROGRESS, Resource(plan=plan)):
        return no
    releases = may(actor, Action.PUBLISH, Resource(plan=plan))
    said, _, what = rest.partition(" ")
    if said == BulletinVerb.DRAFT:
        return turned_away(context, actor, Action.PUBLISH, Resource(plan=plan)) or _draft(context, actor, plan, what)
    if _LABEL.fullmatch(said):
        said = _number_of(context, plan, said)
    if not said:
        return _list(context, plan, releases=releases)
    verb, _, what = what.partition(" ")
    number = int(said) if said.isdecimal() and len(said) < 10 else 0
    if releases and verb not in _READS:
        stored.lock_bulletin(context.session, number)
    bulletin = stored.get_bulletin(context.session, number)
    hidden = bulletin is not None and bulletin.state is not BulletinState.RELEASED and not releases
    if bulletin is None or bulletin.plan != plan or hidden:
        return say(context, texts.no_such())
    process = _process_of(context, bulletin)
    if not releases:
        verb = verb if verb == BulletinVerb.ANNEX else BulletinVerb.TEXT
    if read := _READS.get(verb):
        return read(context, process, what.strip())
    return _change(context, actor, process, verb, what.strip())


def _number_of(context: Context, plan: str, label: str) -> str:
    """The number of the month's bulletin; empty where it has none."""
    found = stored.list_bulletins(context.session, plan, *BulletinState, limit=LISTED)
    of_month = (one for one in found if (one.snapshot.kind, one.snapshot.label) == (BulletinKind.MONTHLY, label))
    return next((str(one.id) for one in of_month), "")


def _process_of(context: Context, bulletin: Bulletin) -> BulletinProcess:
    (process,) = processes_of(context.session, [bulletin])
    remind, today = context.services.remind, context.services.clock.today()
    return brought_up_to_date(context.session, context.library, remind, process, today=today)


def _list(context: Context, plan: str, *, releases: bool) -> Call:
    states = (BulletinState.DRAFT, BulletinState.RELEASED) if releases else (BulletinState.RELEASED,)
    found = processes_of(context.session, stored.list_bulletins(context.session, plan, *states, limit=LISTED))
    today, to_sign = context.services.clock.today(), () if releases else waiting_for_leaders(context, plan)
    return say(replace(context, line="/bulletin"), texts.list_all(found, today, to_sign, releases=releases))


def waiting_for_leaders(context: Context, plan: str) -> tuple[BulletinProcess, ...]:
    """The drafts that wait to be signed on paper, for a leader and their aides: they sign, and read no draft here."""
    if not any(one.role in {Role.LEADER, Role.AIDE} and one.plan == plan for one in context.actor.grants):
        return ()
    today = context.services.clock.today()
    return tuple(one for one in open_drafts(context, plan) if one.stage(today) is BulletinStage.TO_SIGN)


def open_drafts(context: Context, plan: str) -> tuple[BulletinProcess, ...]:
    """Those that wait for a step, the newest first."""
    found = stored.list_bulletins(context.session, plan, BulletinState.DRAFT, limit=LISTED)
    return processes_of(context.session, found)


def undrafted_meeting(context: Context, plan: str) -> tuple[date, str] | None:
    """The day of a meeting within a week and the label of its monthly one, where that is not drafted."""
    today = context.services.clock.today()
    soon = next(iter(meetings_of(context.session, plan, today)), None)
    label = told_at_meeting(soon.day) if soon else None
    if soon is None or label is None or soon.day > today + BEFORE_MEETING:
        return None
    there = stored.bulletin_of(context.session, plan, BulletinKind.MONTHLY, label)
    return None if there else (soon.day, label)


def _show(context: Context, process: BulletinProcess, _said: str = "") -> Call:
    return say(_of_card(context, process), _card(context, process))


def _show_more(context: Context, process: BulletinProcess, _said: str) -> Call:
    return say(_of_card(context, process), _card(context, process, more=True))


def _of_card(context: Context, process: BulletinProcess) -> Context:
    return replace(context, line=f"/bulletin {process.bulletin.id}")


def _card(context: Context, process: BulletinProcess, *, more: bool = False) -> Reply:
    """With its steps."""
    number = process.bulletin.id
    by = {process.bulletin.released_by, *(step.by for step in process.steps.values())}
    people = {one.id: one for one in get_members(context.session, [one for one in by if one is not None])}
    old = len(old_drafts(context.session, number))
    return texts.card(
        process, people, old, _reported_since(context, process), context.services.clock.today(), more=more
    )


def _reported_since(context: Context, process: BulletinProcess) -> tuple[tuple[str, str], ...]:
    """What a new draft would hold otherwise; of no interest once it is released."""
    bulletin, today = process.bulletin, context.services.clock.today()
    if bulletin.state is not BulletinState.DRAFT:
        return ()
    return reported_since(context.session, context.library, context.services.remind, process, today=today)


def _show_text(context: Context, process: BulletinProcess, _said: str = "") -> Call:
    line = f"/bulletin {process.bulletin.id} {BulletinVerb.TEXT}"
    return say(replace(context, line=line), papers.paper(process, mark=_mark(context, process)))


def _show_annex(context: Context, process: BulletinProcess, _said: str) -> Call:
    line = f"/bulletin {process.bulletin.id} {BulletinVerb.ANNEX}"
    return say(replace(context, line=line), papers.annex(process, mark=_mark(context, process)))


def _mark(context: Context, process: BulletinProcess) -> str:
    stage = process.stage(context.services.clock.today())
    return "" if stage is BulletinStage.RELEASED else f"（{texts.STAGES[stage]}）"


def _change(context: Context, actor: Actor, process: BulletinProcess, verb: str, said: str) -> Call:
    bulletin, sure = process.bulletin, said == BulletinVerb.CONFIRM
    if verb == BulletinVerb.RESTORE and stored.restore(context.session, bulletin.id):
        return _changed(context, actor, bulletin, "bulletin_restore")
    if bulletin.state is not BulletinState.DRAFT:
        return say(context, texts.not_a_draft(process, context.services.clock.today()))
    match verb:
        case BulletinVerb.CHECK:
            return start_check(context, actor, process, sure=sure) or _shown_anew(context, bulletin)
        case BulletinVerb.REVIEW | BulletinVerb.SIGN:
            return register(context, actor, process, BulletinStep(verb), said) or _shown_anew(context, bulletin)
        case BulletinVerb.UNDO:
            return undo(context, actor, process, sure=sure) or _shown_anew(context, bulletin)
        case BulletinVerb.REDRAFT:
            return _redraft(context, actor, process, sure=sure)
        case BulletinVerb.RELEASE:
            return _release(context, actor, process, sure=sure)
        case BulletinVerb.TITLE | BulletinVerb.REMARK:
            return _word(context, actor, process, verb, said)
        case BulletinVerb.DROP if stored.drop(context.session, bulletin.id):
            forget_reminder(context, process)
            note(context, actor, "bulletin_drop", f"bulletin:{bulletin.id}")
            return settle(context, texts.dropped(bulletin))
    return _show(context, process)


def _shown_anew(context: Context, bulletin: Bulletin) -> Call:
    process = _process_of(context, stored.get_bulletin(context.session, bulletin.id) or bulletin)
    return settle(_of_card(context, process), _card(context, process))


def _changed(context: Context, actor: Actor, bulletin: Bulletin, action: str) -> Call:
    note(context, actor, action, f"bulletin:{bulletin.id}")
    return _shown_anew(context, bulletin)


def _draft(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """By hand: shown before it is frozen."""
    kind_said, _, rest = said.strip().partition(" ")
    label, _, sure = rest.partition(" ")
    kind = BulletinKind(kind_said) if kind_said in {*BulletinKind} else BulletinKind.MONTHLY
    today, due_days = context.services.clock.today(), context.services.remind.due_days
    labels = labels_offered(kind, today, due_days)
    if label and label not in labels:
        return say(context, texts.not_offered(kind, labels))
    labels = (label, *(one for one in labels if one != label)) if label else labels
    as_of = figures_day(kind, labels[0], today, due_days)
    there = stored.bulletin_of(context.session, plan, kind, labels[0])
    if there is None and sure == BulletinVerb.CONFIRM and label:
        there = draft_bulletin(
            context.session,
            context.library,
            context.services.remind,
            plan,
            kind,
            label,
            as_of=as_of,
            today=today,
            by=actor.member,
            now=context.now,
        )
        note(context, actor, "bulletin_draft", f"bulletin:{there}", {"kind": kind, "label": label})
    if there is not None and (found := stored.get_bulletin(context.session, there)):
        return _shown_anew(context, found)
    return say(context, texts.ask_draft(kind, labels, as_of, today, _this_quarter(context, plan, kind)))


def _redraft(context: Context, actor: Actor, process: BulletinProcess, *, sure: bool) -> Call:
    bulletin, today = process.bulletin, context.services.clock.today()
    if not sure:
        return say(context, texts.ask_redraft(process, process.figures_day(today), today))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    kind, label = bulletin.snapshot.kind, bulletin.snapshot.label
    snapshot = frozen(
        context.session,
        context.library,
        context.services.remind,
        bulletin.plan,
        kind,
        label,
        as_of=process.figures_day(today),
        today=today,
    )
    forget_reminder(context, process)
    redraft(context.session, bulletin, snapshot, by=actor.member, day=today, now=context.now)
    return _changed(context, actor, bulletin, "bulletin_redraft")


def _show_old(context: Context, process: BulletinProcess, said: str) -> Call:
    bulletin = process.bulletin
    old = old_drafts(context.session, bulletin.id)
    number, _, part = said.partition(" ")
    if not number.isdecimal() or not 0 < int(number) <= len(old):
        return say(context, texts.list_old(bulletin, old))
    one = old[int(number) - 1]
    old_process = BulletinProcess(
        bulletin=replace(bulletin, snapshot=one.snapshot, title=one.title, remark=one.remark), steps={}
    )
    key, mark = f"/bulletin {bulletin.id} {BulletinVerb.OLD} {number}", texts.old_mark(int(number))
    said_of = papers.annex if part == BulletinVerb.ANNEX else papers.paper
    return say(replace(context, line=f"{key} {part}".strip()), said_of(old_process, mark=mark, key=key))


_READS: Mapping[str, Callable[[Context, BulletinProcess, str], Call]] = {
    "": _show,
    BulletinVerb.MORE: _show_more,
    BulletinVerb.TEXT: _show_text,
    BulletinVerb.ANNEX: _show_annex,
    BulletinVerb.OLD: _show_old,
    BulletinVerb.CHECKS: show_checks,
}
"""What changes nothing."""


def _word(context: Context, actor: Actor, process: BulletinProcess, verb: str, said: str) -> Call:
    bulletin = process.bulletin
    if BulletinStep.REVIEW in process.steps:
        return say(context, texts.reviewed_already(bulletin))
    command = f"/bulletin {bulletin.id} {verb}"
    title = verb == BulletinVerb.TITLE
    if not said:
        return ask_for(context, texts.ask_title(bulletin) if title else texts.ask_remark(bulletin), command)
    limit = texts.TITLE_LENGTH if title else texts.REMARK_LENGTH
    if len(said) > limit:
        return ask_for(context, texts.too_long(limit), command)
    words = " ".join(said.split())
    kept = {"title": words} if title else {"remark": None if words == BulletinVerb.DELETE else words}
    stored.word(context.session, bulletin.id, **kept)
    return _changed(context, actor, bulletin, "bulletin_word")


def _release(context: Context, actor: Actor, process: BulletinProcess, *, sure: bool) -> Call:
    """Once asked for the second time: everybody bound to the plan gets it, but for leaders and whoever releases it."""
    bulletin, today = process.bulletin, context.services.clock.today()
    if process.stage(today) is not BulletinStage.TO_RELEASE:
        return say(context, texts.not_yet(process, texts.TO_RELEASE, today))
    if other := _this_quarter(context, bulletin.plan, bulletin.snapshot.kind):
        return say(context, texts.once_a_quarter(other, _next_quarter(today), today))
    readers, leaders = _readers(context, actor, bulletin.plan)
    if not sure:
        reply = texts.ask_release(bulletin, len(readers.members), len(readers.beyond), len(leaders))
        return say(context, reply)
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    stored.replace_content(context.session, bulletin.id, bulletin.snapshot)  # with the marks of now
    stored.release(context.session, bulletin.id, by=actor.member, day=today, now=context.now)
    reply = papers.paper(process)
    line, occurrence = f"/bulletin {bulletin.id} {BulletinVerb.TEXT}", f"bulletin {bulletin.id}"
    parcels = [Parcel(member=one, reply=reply, occurrence=occurrence, line=line) for one in readers.members]
    sent = post(context.session, parcels, kind=OutboxKind.ANNOUNCEMENT, plan=bulletin.plan, now=context.now)
    note(context, actor, "bulletin_release", f"bulletin:{bulletin.id}", {"recipients": len(sent)})
    return settle(context, texts.released(bulletin, len(sent)))


def _readers(context: Context, actor: Actor, plan: str) -> tuple[Reachability, Sequence[Member]]:
    """Who gets it; and the leaders, to whom nothing is pushed whatever else they are."""
    members = [one for one in members_of_plan(context.session, plan) if one.id != actor.member]
    leaders = [one for one in members if any(grant.role is Role.LEADER or grant.not_pushed for grant in one.grants)]
    return reach(context.session, [one for one in members if one not in leaders]), leaders


def _this_quarter(context: Context, plan: str, kind: BulletinKind) -> Bulletin | None:
    """The 通报 that was released in the quarter of today: there is one at most."""
    if kind is not BulletinKind.QUARTERLY:
        return None
    first, _ = _quarter(context.services.clock.today())
    return stored.released_since(context.session, plan, kind, first)


def _next_quarter(today: date) -> date:
    return _quarter(today)[1] + timedelta(days=1)


def _quarter(today: date) -> tuple[date, date]:
    return period_of(BulletinKind.QUARTERLY, label_of(BulletinKind.QUARTERLY, today))
