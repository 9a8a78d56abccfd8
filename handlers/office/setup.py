"""/setup: what an office sets before its first month, counted from what is there; nothing is ticked by hand."""

from datetime import date

from handlers.access.policy import Action, Resource
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.office import texts_setup as texts
from handlers.office.texts_setup import SetupItem
from handlers.people.people import without
from handlers.progress.pictures import picture_today, time_of
from handlers.services.unit_lookup import units_of_plan
from knowledge.plan.model import Period
from storage.holidays import workdays_of
from storage.people import Role, members_of_plan
from storage.plan_settings import meetings_of


def show_setup(context: Context, _rest: str) -> Call:
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan)):
        return no
    return say(context, texts.setup(setup_items(context, plan)))


def setup_items(context: Context, plan: str) -> tuple[SetupItem, ...]:
    """In the order in which they are done."""
    service = context.services.service
    return (
        texts.filing(service.filing),
        texts.approval(service.approval),
        *_of_plan(context, plan),
        _people(context, plan),
        _owners(context, plan),
        _work_days(context),
        _rhythm(context, plan),
        _meeting(context, plan),
    )


def _of_plan(context: Context, name: str) -> tuple[SetupItem, ...]:
    plan = next(plan for plan in context.library.plans if plan.name == name)
    targets = [target for own, target in context.library.targets if own == name]
    held = context.period(name)
    time = time_of(plan, held)
    undated = sum(one.deadline is None and one.period is not Period.YEARLY for one in targets)
    return (
        texts.plan(plan.title, plan.number, tasks=len(plan.tasks), targets=len(targets)),
        texts.period(time.start, time.end, set_so=held is not None, undated=undated),
    )


def _people(context: Context, plan: str) -> SetupItem:
    members = members_of_plan(context.session, plan)
    units = units_of_plan(context.services.question_service, plan)
    peopled = {role: len(units) - len(without(role, units, members)) for role in (Role.LIAISON, Role.HEAD)}
    supervisors = sum(any(grant.role is Role.SUPERVISOR for grant in one.grants) for one in members if not one.locked)
    return texts.people(len(units), liaisons=peopled[Role.LIAISON], heads=peopled[Role.HEAD], supervisors=supervisors)


def _owners(context: Context, plan: str) -> SetupItem:
    """As /gaps counts them."""
    targets = sum(own == plan for own, _ in context.library.targets)
    bare = sum(one.target is not None for one in picture_today(context, plan).unconfirmed)
    return texts.owners(targets - bare, targets)


def _work_days(context: Context) -> SetupItem:
    today, calendar = context.services.clock.today(), workdays_of(context.session)
    years = (today.year, today.year + 1)
    unknown = [year for year in years if calendar.doubtful_years(date(year, 1, 1), date(year, 12, 31))]
    return texts.work_days([year for year in years if year not in unknown], unknown)


def _rhythm(context: Context, plan: str) -> SetupItem:
    targets = [target for own, target in context.library.targets if own == plan]
    asked = sum(context.cards(plan).of(target).frequency is not None for target in targets)
    return texts.rhythm(context.services.remind, asked=asked, targets=len(targets))


def _meeting(context: Context, plan: str) -> SetupItem:
    coming = meetings_of(context.session, plan, context.services.clock.today())
    return texts.meeting(min((one.day for one in coming), default=None))
