"""/ledger: what the bot has asked of people in a month of plan time, to see whether it takes work away."""

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from handlers.access.policy import Action, Resource
from handlers.access.responsibility import answering_for
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.office import texts_burden as texts
from handlers.services.clock import PLAN_ZONE
from knowledge.language.dates.grammar import find
from knowledge.language.dates.span import Grain, Tense
from knowledge.language.normalize import clean
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reminders.burden import FigureRequest, ledger_of
from knowledge.reminders.rules import ReminderRule, RuleKind, rules_from
from storage import burden as stored
from storage.people import Member, Role, get_members
from storage.reports import reports_of

_SPEAKING = (Role.LIAISON, Role.HEAD)


def show_ledger(context: Context, rest: str) -> Call:
    """/ledger of this month, or of `3月`, `2023-03`, `上月`."""
    actor = context.actor
    plan = plan_of(context, actor)
    if no := turned_away(context, actor, Action.SEE_LEDGER, Resource(plan=plan)):
        return no
    today = context.services.clock.today()
    first = _month(rest, today)
    if first is None:
        return say(context, texts.no_such_month(rest))
    if first > today:
        return say(context, texts.not_begun(first))
    last = min(today, first.replace(day=monthrange(first.year, first.month)[1]))
    rules = {key: rule for key, rule in rules_from(context.services.remind).items() if rule.asks}
    told = stored.delivered_items(context.session, plan, list(rules), first=first, last=last)
    asks = tuple(_asks(context, plan, told, rules))
    subjects = {(ask.task, ask.name) for ask in asks}
    reply = texts.page(
        ledger_of(asks, reports_of(context.session, plan, targets=subjects)),
        stored.sent_by_kind(context.session, plan, first=first, last=last),
        stored.reports_received(
            context.session, plan, since=_arrived(context, first), until=_arrived(context, last + timedelta(days=1))
        ),
        first=first,
        last=last,
        today=today,
    )
    return say(context, reply)


def _asks(
    context: Context, plan: str, told: Iterable[stored.DeliveredItem], rules: dict[str, ReminderRule]
) -> Iterator[FigureRequest]:
    told = tuple(told)
    members = {one.id: one for one in get_members(context.session, {item.member for item in told})}
    for item in told:
        task, _, name = item.subject.partition("/")
        rule = rules[item.rule]
        label = item.occurrence.partition("/")[0] if rule.kind is RuleKind.PERIOD else ""
        kind = EntryKind.PROJECT if rule.kind is RuleKind.PROJECT else EntryKind.TARGET
        yield FigureRequest(
            unit=_unit(context, EntryKey(kind, name, plan, task), members.get(item.member)),
            task=task,
            name=name,
            period=label,
            rule=f"{item.rule} {item.occurrence}",
            message=item.message,
            at=item.at,
        )


def _unit(context: Context, part: EntryKey, member: Member | None) -> str:
    """For which of their units a person was asked."""
    grants = member.grants if member else ()
    units = [grant.unit for grant in grants if grant.plan == part.plan and grant.unit and grant.role in _SPEAKING]
    answering = answering_for(part, context.library, context.cards(part.plan))
    return next((unit for unit in units if unit in answering), units[0] if units else texts.LEFT)


def _month(said: str, today: date) -> date | None:
    """The first day of the month that is meant; a month without its year is the last one of that name."""
    text = clean(said) or "本月"
    spans = find(f"{text}月" if text.isdecimal() else text, today, Tense.PAST).spans
    if len(spans) != 1 or spans[0].days.grain is not Grain.MONTH:
        return None
    first = spans[0].first
    ahead = first > today and spans[0].days.open is not None
    return first.replace(year=first.year - ahead)


def _arrived(context: Context, day: date) -> datetime:
    """When a plan day begins in machine time: the playground shifts the one against the other."""
    return datetime.combine(day, time(), tzinfo=PLAN_ZONE) - context.services.clock.offset
