"""/period: the time that the office gives the plan. It serves where the document writes no deadline."""

from handlers.access.policy import Action, Actor, Resource
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_plan_settings as texts
from handlers.office.codes import PeriodVerb
from handlers.office.input_error import Amiss, AmissError
from handlers.progress.pictures import time_of
from handlers.schedule.changes import schedule_changed
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Tense
from knowledge.language.normalize import clean
from knowledge.plan.model import Period, Plan, Target
from storage.plan_settings import PlanPeriod, period_of, set_period

_MOST_YEARS = 15


def show_period(context: Context, rest: str) -> Call:
    """/period, or the days; a button begins with a code."""
    actor = context.actor
    name = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=name)):
        return no
    plan = next(plan for plan in context.library.plans if plan.name == name)
    held = period_of(context.session, name)
    word, _, what = rest.partition(" ")
    try:
        match word:
            case "":
                return say(context, texts.period(held, _own(plan, None), len(_undated(context, name))))
            case PeriodVerb.SET:
                return ask_for(context, texts.ask_period(), "/period")
            case PeriodVerb.KEEP:
                return say(context, texts.kept("/period"))
            case PeriodVerb.CONFIRM:
                return _set(context, actor, plan, held, _read(context, plan, held, what))
            case PeriodVerb.UNDO:
                now, _, before = what.partition(" ")
                if now != texts.period_words(held):
                    return say(context, texts.changed_since("/period"))
                return _set(context, actor, plan, held, _read(context, plan, held, before))
        return _preview(context, plan, held, _read(context, plan, held, rest))
    except AmissError as error:
        reply = texts.period_unread(error.why, error.day)
        return say(context, reply) if error.why is Amiss.NO_DAY else ask_for(context, reply, "/period")


def _preview(context: Context, plan: Plan, held: PlanPeriod | None, new: PlanPeriod | None) -> Call:
    if new == held:
        return say(context, texts.kept("/period"))
    undated = len(_undated(context, plan.name))
    return say(context, texts.confirm_period(new, _own(plan, held), _own(plan, new), undated))


def _set(context: Context, actor: Actor, plan: Plan, held: PlanPeriod | None, new: PlanPeriod | None) -> Call:
    if new == held:
        return say(context, texts.kept("/period"))
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    set_period(context.session, plan.name, new, by=actor.member, now=context.now)
    note(
        context,
        actor,
        "set_period",
        f"plan:{plan.name}",
        {"now": texts.period_noted(new), "was": texts.period_noted(held)},
    )
    schedule_changed(context, plan.name)
    return say(context, texts.period_set(new, held))


def _read(context: Context, plan: Plan, held: PlanPeriod | None, said: str) -> PlanPeriod | None:
    """The period that was typed, or None to clear it; raises AmissError."""
    if said == PeriodVerb.CLEAR:
        return None
    dates = find(clean(said), context.services.clock.today(), Tense.FUTURE)
    match dates.spans:
        case _ if dates.unreal:
            raise AmissError(Amiss.NO_DAY)
        case [end] if end.day:
            period = PlanPeriod(_own(plan, held).start, end.day)
        case [start, end] if start.day and end.day:
            period = PlanPeriod(start.day, end.day)
        case [whole]:
            period = PlanPeriod(whole.first, whole.last)
        case spans:
            raise AmissError(Amiss.TOO_MANY if spans else Amiss.NO_DAY)
    if period.start >= period.end:
        raise AmissError(Amiss.BACKWARDS)
    if period.end.year - period.start.year > _MOST_YEARS:
        raise AmissError(Amiss.TOO_LONG)
    deadlines = [target.deadline for target in _targets(context, plan.name) if target.deadline]
    if deadlines and period.start >= min(deadlines):
        raise AmissError(Amiss.AFTER_A_DEADLINE, min(deadlines))
    return period


def _own(plan: Plan, period: PlanPeriod | None) -> PlanPeriod:
    """The time that counts: the office's, else the document's own."""
    counts = time_of(plan, period)
    return PlanPeriod(counts.start, counts.end)


def _targets(context: Context, plan: str) -> list[Target]:
    return [target for own, target in context.library.targets if own == plan]


def _undated(context: Context, plan: str) -> list[Target]:
    """Those that have no deadline but the period's end; a yearly one has every year's."""
    return [one for one in _targets(context, plan) if one.deadline is None and one.period is not Period.YEARLY]
