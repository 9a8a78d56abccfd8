"""The steps of a bulletin before its release: the check by the units, the review and the signature that are registered.

Nothing above the head of the supervisors' office is decided here: what was decided on paper is written down, with who,
their post, the day and the paper. The last step can be undone while it is a draft.

Each function says what is to be said, or None where the step was done and the card is to be shown.
"""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from handlers.access.policy import Action, Actor, Resource
from handlers.access.responsibility import unsupervised_in
from handlers.broadcast import texts_bulletin_steps as step_texts
from handlers.broadcast import texts_bulletins as texts
from handlers.broadcast import texts_fact_checks
from handlers.broadcast.bulk import Parcel, post, reach
from handlers.broadcast.bulletin_process import BulletinProcess, BulletinStage
from handlers.broadcast.codes import BulletinVerb, FactVerb
from handlers.broadcast.direct import holders
from handlers.broadcast.signatures import ASKED_ALONE, SignatureFault, read_signature, signature_line
from handlers.chat.authorize import note, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.services.clock import PLAN_ZONE
from storage.bulletin_steps import BulletinStep, add_step, undo_step
from storage.bulletins import Bulletin
from storage.fact_checks import FactCheck, add_checks, add_correction
from storage.holidays import workdays_of
from storage.outbox import OutboxKind, keep_back
from storage.people import Grant, Member, Role, absences_on, get_members, members_of_plan

DAYS_TO_CHECK = 1
"""Working days that a unit has."""
_OVER = "check {} over"


def start_check(context: Context, actor: Actor, process: BulletinProcess, *, sure: bool) -> Call | None:
    """Each unit that a figure is of gets its own lines, once asked for the second time."""
    bulletin, today = process.bulletin, context.services.clock.today()
    if process.stage(today) is not BulletinStage.TO_CHECK:
        return say(context, texts.not_yet(process, texts.TO_CHECK, today))
    spared = unsupervised_in(bulletin.plan, context.library, context.cards(bulletin.plan))
    asked_of = {unit for one in bulletin.snapshot.figures for unit in one.units} - set(spared)
    units = [unit for unit in bulletin.snapshot.lines_of if unit in asked_of]
    people = _people_of(context, bulletin.plan, units)
    until = workdays_of(context.session).add(today, DAYS_TO_CHECK)
    asked = {unit: len(members) for unit, members in people.items()}
    if not sure:
        return say(context, step_texts.ask_check(process, asked, until, today))
    step = add_step(
        context.session, bulletin.id, BulletinStep.CHECK, by=actor.member, day=today, now=context.now, until=until
    )
    numbers = add_checks(context.session, step, asked)
    parcels = []
    for unit, members in people.items():
        check = FactCheck(id=numbers[unit], step=step, unit=unit, asked=len(members))
        reply, key = texts_fact_checks.ask_unit(bulletin, check, until, today), f"/facts {check.id}"
        parcels += [Parcel(member=one, reply=reply, occurrence=f"check {check.id}", line=key) for one in members]
    post(context.session, parcels, kind=OutboxKind.NOTICE, plan=bulletin.plan, now=context.now)
    if parcels:
        assert actor.member is not None  # noqa: S101 - turned_away() has checked
        _remind(context, process, actor.member, step, until)
    note(context, actor, "bulletin_check", f"bulletin:{bulletin.id}", {"units": len(asked), "people": len(parcels)})
    return None


def _remind(context: Context, process: BulletinProcess, by: int, step: int, until: date) -> None:
    """Whoever sent it to be checked hears on the next working day that the check is over."""
    morning = workdays_of(context.session).add(until, 1)
    reply = step_texts.check_is_over(process.bulletin, until, morning)
    at = datetime.combine(morning, context.services.remind.at, tzinfo=PLAN_ZONE)
    parcels = [
        Parcel(member=one, reply=reply, occurrence=_OVER.format(step), not_before=at)
        for one in get_members(context.session, [by])
    ]
    post(context.session, parcels, kind=OutboxKind.NOTICE, plan=process.bulletin.plan, now=context.now)


def forget_reminder(context: Context, process: BulletinProcess) -> None:
    """The check ended before its last day: all have answered, or it was taken back."""
    step = process.steps.get(BulletinStep.CHECK)
    if step is not None:
        keep_back(context.session, [f"{OutboxKind.NOTICE}:member {step.by}:{_OVER.format(step.id)}"])


def show_checks(context: Context, process: BulletinProcess, _said: str) -> Call:
    """What each unit has answered."""
    today = context.services.clock.today()
    return say(context, step_texts.checks(process, lambda check: f"/facts {check.id} {FactVerb.BEHALF}", today))


def register(context: Context, actor: Actor, process: BulletinProcess, step: BulletinStep, said: str) -> Call | None:
    """The review, or the signature on paper: typed in one message, shown, and kept once confirmed."""
    bulletin, today = process.bulletin, context.services.clock.today()
    signs = step is BulletinStep.SIGN
    wanted = BulletinStage.TO_SIGN if signs else BulletinStage.TO_REVIEW
    if no := turned_away(context, actor, Action.REGISTER_SIGNATURE, Resource(plan=bulletin.plan)):
        return no
    if process.stage(today) is not wanted:
        return say(context, texts.not_yet(process, texts.TO_SIGN if signs else texts.TO_REVIEW, today))
    line = f"/bulletin {bulletin.id} {step}"
    if not said:
        return ask_for(context, step_texts.ask_signature(step), line)
    confirmed = said.startswith(f"{BulletinVerb.CONFIRM} ")
    drafted = process.steps[BulletinStep.DRAFT].day
    said = said.removeprefix(f"{BulletinVerb.CONFIRM} ")
    signed = read_signature(said, drafted=drafted, today=today, needs_paper=signs)
    if isinstance(signed, SignatureFault):
        begun = f"{line} {said}" if signed in ASKED_ALONE else line
        return ask_for(context, step_texts.ask_signature(step, signed), begun)
    if not confirmed:
        sure = f"{line} {BulletinVerb.CONFIRM} {signature_line(signed)}"
        return say(context, step_texts.confirm_signature(process, step, signed, sure, today))
    _keep_reported(context, actor, process)
    add_step(context.session, bulletin.id, step, by=actor.member, day=today, now=context.now, signature=signed)
    note(context, actor, f"bulletin_{step}", f"bulletin:{bulletin.id}")
    if step is BulletinStep.REVIEW and process.needs_signature:
        _tell_aides(context, bulletin)
    return None


def _tell_aides(context: Context, bulletin: Bulletin) -> None:
    """That it waits to be signed on paper, once; to leaders nothing is pushed, they see it at their home."""
    aides, occurrence = holders(context.session, bulletin.plan, Role.AIDE), f"to sign {bulletin.id}"
    parcels = [Parcel(member=one, reply=step_texts.to_sign(bulletin), occurrence=occurrence) for one in aides]
    post(context.session, parcels, kind=OutboxKind.NOTICE, plan=bulletin.plan, now=context.now)


def _keep_reported(context: Context, actor: Actor, process: BulletinProcess) -> None:
    """The review ends the check: what units said by other figures stays as it is then."""
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    for check, found in process.reported.items():
        for one in found:
            add_correction(context.session, check, one, by=actor.member, now=context.now)


def undo(context: Context, actor: Actor, process: BulletinProcess, *, sure: bool) -> Call | None:
    """The last step; units that were asked to check are told."""
    step = process.last
    if step is None:
        return None
    if not sure:
        return say(context, step_texts.ask_undo(process, step))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    registered = process.steps[step]
    undo_step(context.session, registered.id, by=actor.member, now=context.now)
    if step is BulletinStep.CHECK:
        forget_reminder(context, process)
        plan = process.bulletin.plan
        people = _people_of(context, plan, [check.unit for check in process.checks if check.asked])
        reply = texts_fact_checks.called_off(process.bulletin)
        asked = {member.id: member for members in people.values() for member in members}
        parcels = [Parcel(member=one, reply=reply, occurrence=f"uncheck {registered.id}") for one in asked.values()]
        post(context.session, parcels, kind=OutboxKind.NOTICE, plan=plan, now=context.now)
    note(context, actor, "bulletin_undo", f"bulletin:{process.bulletin.id}", {"step": step})
    return None


def _people_of(context: Context, plan: str, units: Collection[str]) -> Mapping[str, tuple[Member, ...]]:
    """By unit who is written to: its liaisons, for the absent their stand-ins, or where there is none its heads."""
    members = members_of_plan(context.session, plan)
    away = {one.member: one.stand_in for one in absences_on(context.session, context.services.clock.today())}
    known = {one.id: one for one in (*members, *get_members(context.session, away.values()))}
    there = {one.id for one in reach(context.session, known.values()).members}

    def holding(role: Role, unit: str) -> list[Member]:
        wanted = Grant(role, plan, unit)
        held = (one for one in members if any(it == wanted and not it.not_pushed for it in one.grants))
        numbers = dict.fromkeys(away.get(one.id, one.id) for one in held)
        return [known[number] for number in numbers if number in there]

    return {unit: tuple(holding(Role.LIAISON, unit) or holding(Role.HEAD, unit)) for unit in units}
