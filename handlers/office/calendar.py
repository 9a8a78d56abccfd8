"""/calendar and /preview: what will be sent by rule in the next weeks, and the very text of one message of it."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import islice

from handlers.access.policy import Action, Resource
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_calendar as texts
from handlers.schedule.forecast import ForecastInputs, ForecastMessage, forecast_from, load_inputs
from handlers.schedule.message import compose
from handlers.texts.reminder_rules import NAMES
from handlers.texts.reply import Reply
from knowledge.language.dates.future import day_ahead
from knowledge.language.dates.numerals import small_number
from knowledge.language.normalize import clean
from storage.outbox import OutboxKind

WEEKS, MOST_WEEKS = 4, 12
"""On one calendar: unless asked otherwise, and at most."""
FARTHEST = timedelta(weeks=13)
"""How far ahead anything is computed: every day of it costs."""

_WEEKS = re.compile(
    r"(?P<number>\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:周|星期)(?:\s*自(?P<since>\d{4}-\d\d-\d\d))?"
)
_MEMBER = re.compile(r"(?P<day>.+?)\s*(?:人员\s*|#)(?P<member>\d{1,9})")


def show_calendar(context: Context, rest: str) -> Call:
    """/calendar, `/calendar 8周`, `/calendar 4周 自2023-04-03`, or one day: `/calendar 3月24日`."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan)):
        return no
    today = context.services.clock.today()
    if asked := _WEEKS.fullmatch(rest) if rest else None:
        weeks, since = _weeks(asked["number"]), _day(asked["since"]) or today
    elif not rest:
        weeks, since = WEEKS, today
    elif day := _said_day(context, rest):
        return _show_day(context, plan, day)
    else:
        return say(context, texts.unread(rest))
    until = since + timedelta(weeks=weeks, days=-1)
    if not 1 <= weeks <= MOST_WEEKS or not today <= since <= until <= today + FARTHEST:
        return say(context, texts.too_far(MOST_WEEKS, today + FARTHEST))
    inputs = load_inputs(context.session, context.services)
    found = [one for one in forecast_from(inputs, plan, until) if one.day >= since]
    return say(context, texts.weeks(found, since, until, weeks=weeks, doubtful=_doubtful(inputs, plan, since, until)))


def show_preview(context: Context, rest: str) -> Call:
    """/preview and a rule, or a day and who is to get it: `/preview deadline`, `/preview 3月24日 #7`."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SET_RHYTHM, Resource(plan=plan)):
        return no
    inputs = load_inputs(context.session, context.services)
    until = inputs.now.date() + FARTHEST
    if not rest:
        soon = dict.fromkeys(rule for one in forecast_from(inputs, plan, until) if _open(one) for rule in one.rules)
        return ask_for(context, texts.which(tuple(soon)), "/preview")
    if (rule := rest.partition(" ")[0]) in NAMES:
        found = (one for one in forecast_from(inputs, plan, until) if _open(one) and rule in one.rules)
        return _previewed(context, list(islice(found, 1)), texts.none_of(rule, until))
    whose = _MEMBER.fullmatch(rest)
    day = _said_day(context, whose["day"]) if whose else None
    if whose is None or day is None or not inputs.now.date() <= day <= inputs.now.date() + FARTHEST:
        return say(context, texts.unread_preview(rest))
    own = [one for one in forecast_from(inputs, plan, day) if one.day == day and one.member.id == int(whose["member"])]
    return _previewed(context, own, texts.nothing_on(day))


def _previewed(context: Context, messages: Sequence[ForecastMessage], nothing: Reply) -> Call:
    """The words of messages to one person on one day; what that person wrote themselves is not shown."""
    if not messages:
        return say(context, nothing)
    told = [(one, _written(context, one) if _open(one) else None) for one in messages]
    return say(context, texts.previewed(told))


def _written(context: Context, one: ForecastMessage) -> Reply:
    return compose(one.items, one.snapshots, context.services, {}, before=one.before)


def _open(one: ForecastMessage) -> bool:
    return one.kind is not OutboxKind.PERSONAL


def _show_day(context: Context, plan: str, day: date) -> Call:
    inputs = load_inputs(context.session, context.services)
    today = inputs.now.date()
    if not today <= day <= today + FARTHEST:
        return say(context, texts.too_far(MOST_WEEKS, today + FARTHEST))
    found = [one for one in forecast_from(inputs, plan, day) if one.day == day]
    return say(context, texts.one_day(found, day, today))


def _doubtful(inputs: ForecastInputs, plan: str, first: date, last: date) -> tuple[int, ...]:
    return inputs.agendas[plan].calendar.workdays.doubtful_years(first, last)


def _weeks(said: str) -> int:
    return int(said) if said.isdigit() else small_number(said)


def _day(said: str | None) -> date | None:
    """What a button wrote, or somebody like it."""
    try:
        return date.fromisoformat(said) if said else None
    except ValueError:
        return None


def _said_day(context: Context, said: str) -> date | None:
    found = day_ahead(clean(said), context.services.clock.now())
    return found.day if found else None
