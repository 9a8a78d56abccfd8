"""/remind: what I will be told and when, and what I want of it. It holds for reminders that are not made yet."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from handlers.access.policy import Action, Actor
from handlers.access.responsibility import own_unit, tasks_of_unit
from handlers.chat.authorize import plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.reminders import texts_preferences as texts
from handlers.reminders.codes import PreferenceVerb
from handlers.schedule.forecast import forecast_from, load_inputs
from handlers.schedule.plan_schedule import Agenda, load_agenda, targets_of
from handlers.services.report_reader import reader_of
from knowledge.language.dates.future import last_day
from knowledge.language.dates.quiet_hours import quiet_hours
from knowledge.language.normalize import clean
from knowledge.plan.key import TaskKey
from knowledge.plan.model import Plan
from knowledge.reminders.rules import rules_from
from storage.people import Role
from storage.personal_reminders import personal_of
from storage.subscriptions import AS_CONFIGURED, Subscription, mute, save_subscription, subscriptions_of, unmute

WEEKS = 4
_NUMBER = re.compile(r"\d{1,3}")
_TASK = re.compile(r"(\d{1,2}\.\d{1,2})(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPreferences:
    """Who sets their reminders, and what they have set."""

    actor: Actor
    member: int
    plan: Plan
    agenda: Agenda
    preferences: Subscription

    @property
    def days(self) -> tuple[int, ...]:
        """The days before a deadline that the rule names, the farthest first."""
        rule = self.agenda.rules.get("deadline") or rules_from(self.agenda.calendar.defaults)["deadline"]
        return tuple(sorted(rule.when.numbers, reverse=True))

    @property
    def chosen(self) -> tuple[int, ...]:
        own = self.preferences.deadline_days
        return self.days if own is None else tuple(day for day in self.days if day in own)


def show_remind(context: Context, rest: str) -> Call:
    """/remind; after it what its buttons and questions say."""
    mine = load_own(context)
    if not isinstance(mine, OwnPreferences):
        return mine
    verb, _, what = rest.partition(" ")
    if verb and verb not in _VERBS:
        return say(context, texts.unread(rest, single=mine.preferences.single))
    return _VERBS.get(verb, _overview)(context, mine, what.strip())


def load_own(context: Context) -> OwnPreferences | Call:
    """The person's own settings, or the refusal of who may have none."""
    actor = context.actor
    if (no := turned_away(context, actor, Action.SUBSCRIBE)) or actor.member is None:
        return no or say(context, texts.nothing_muted())
    name = plan_of(context, actor)
    plan = next(plan for plan in context.library.plans if plan.name == name)
    return OwnPreferences(
        actor=actor,
        member=actor.member,
        plan=plan,
        agenda=load_agenda(context.session, plan, context.services.remind, since=context.services.clock.today()),
        preferences=subscriptions_of(context.session, [actor.member]).get(actor.member, AS_CONFIGURED),
    )


def _overview(context: Context, mine: OwnPreferences, _what: str) -> Call:
    services, today, cards = context.services, context.services.clock.today(), context.cards(mine.plan.name)
    inputs = load_inputs(context.session, services)
    until = today + timedelta(weeks=WEEKS)
    coming = [one for one in forecast_from(inputs, mine.plan.name, until) if one.member.id == mine.member]
    words = {str(one.id): one.words for one in personal_of(context.session, mine.member)}
    owners = {cards.of(target).owner for target in targets_of(mine.plan)}
    roles = {grant.role for grant in mine.actor.grants}
    none = None if coming else _why_none(roles, owned=own_unit(mine.actor, mine.plan.name) in owners)
    quiet = mine.preferences.quiet or (services.remind.quiet_from, services.remind.quiet_to)
    return say(
        context,
        texts.overview(
            [texts.line(one, words, today) for one in coming],
            none=none,
            weeks=WEEKS,
            settings=texts.settings(mine.chosen, mine.days, mine.preferences, quiet, mine.plan.name, today),
            single=mine.preferences.single,
            muted=bool(_muted(mine, today)),
        ),
    )


def _why_none(roles: set[Role], *, owned: bool) -> texts.NoneYet:
    if Role.LIAISON in roles:
        return texts.NoneYet.ALL_REPORTED if owned else texts.NoneYet.NO_OWNER
    if Role.HEAD in roles:
        return texts.NoneYet.HEAD
    return texts.NoneYet.LEADER if roles == {Role.LEADER} else texts.NoneYet.QUIET_WEEKS


def _days(context: Context, mine: OwnPreferences, what: str) -> Call:
    """Toggle one of the rule's days, choose them all by typing, or show a page of them."""
    page, chosen = 1, set(mine.chosen)
    verb, _, number = what.partition(" ")
    if verb == PreferenceVerb.PAGE:
        page = int(number) if number.isdecimal() else 1
    elif verb in {PreferenceVerb.ON, PreferenceVerb.OFF} and number.isdecimal() and int(number) in mine.days:
        chosen = chosen | {int(number)} if verb == PreferenceVerb.ON else chosen - {int(number)}
        page = mine.days.index(int(number)) // texts.DAYS_ON_A_PAGE + 1
    elif what:
        typed = {int(one) for one in _NUMBER.findall(what)} | ({0} if texts.SAME_DAY in what else set())
        if not typed or not typed <= {*mine.days}:
            return ask_for(context, texts.unread_days(mine.days), f"/remind {PreferenceVerb.DAYS}")
        chosen = typed
    if chosen != {*mine.chosen}:
        days = None if chosen == {*mine.days} else tuple(sorted(chosen, reverse=True))
        mine = _saved(context, mine, replace(mine.preferences, deadline_days=days))
    on = "deadline" in mine.agenda.rules
    return ask_for(context, texts.days(mine.days, mine.chosen, page=page, on=on), f"/remind {PreferenceVerb.DAYS}")


def _saved(context: Context, mine: OwnPreferences, preferences: Subscription) -> OwnPreferences:
    save_subscription(context.session, mine.member, preferences)
    return replace(mine, preferences=preferences)


def _single(context: Context, mine: OwnPreferences, _what: str) -> Call:
    _saved(context, mine, replace(mine.preferences, single=True))
    return say(context, texts.set_single())


def _joined(context: Context, mine: OwnPreferences, _what: str) -> Call:
    _saved(context, mine, replace(mine.preferences, single=False))
    return say(context, texts.set_joined(context.services.remind.urgent_per_day))


def _quiet(context: Context, mine: OwnPreferences, what: str) -> Call:
    command = f"/remind {PreferenceVerb.QUIET}"
    if not what:
        return ask_for(context, texts.ask_quiet(), command)
    if what == PreferenceVerb.AS_RULE:
        _saved(context, mine, replace(mine.preferences, quiet=None))
        return say(context, texts.set_quiet((context.services.remind.quiet_from, context.services.remind.quiet_to)))
    hours = quiet_hours(clean(what))
    if hours is None:
        return ask_for(context, texts.ask_quiet(unread=True), command)
    _saved(context, mine, replace(mine.preferences, quiet=hours))
    return say(context, texts.set_quiet(hours))


def _mute(context: Context, mine: OwnPreferences, what: str) -> Call:
    """mute, mute 5.2, mute 5.2 一个月, mute 5G基站 到3月31日."""
    today, library = context.services.clock.today(), context.library
    if not what:
        unit = own_unit(mine.actor, mine.plan.name)
        tasks = tasks_of_unit(unit, mine.plan.name, library, context.cards(mine.plan.name)) if unit else ()
        return ask_for(context, texts.ask_task(tasks), f"/remind {PreferenceVerb.MUTE}")
    task, rest = _task_in(context, mine, what)
    if task is None:
        return ask_for(context, texts.ask_task((), unread=True), f"/remind {PreferenceVerb.MUTE}")
    title = library.tasks[TaskKey(mine.plan.name, task)].title
    until = last_day(clean(rest), context.services.clock.now())
    if until is None or until < today:
        return ask_for(
            context, texts.ask_until(task, title, unread=bool(rest.strip())), f"/remind {PreferenceVerb.MUTE} {task}"
        )
    mute(context.session, mine.member, mine.plan.name, task, until, now=context.now)
    return say(context, texts.is_muted(task, title, until, today))


def _task_in(context: Context, mine: OwnPreferences, what: str) -> tuple[str | None, str]:
    """The task by its number or by anything in it, and what is said besides."""
    known = context.library.tasks
    if (numbered := _TASK.search(what)) and (mine.plan.name, numbered[1]) in known:
        return numbered[1], what.replace(numbered[1], "", 1)
    found = reader_of(context.services.question_service).subjects.names.find(clean(what))
    if not found or not found[0].full:
        return None, what
    plan, task = found[0].entry.owner
    said = clean(what).replace(found[0].surface, "", 1)
    return (task, said) if plan == mine.plan.name and (plan, task) in known else (None, what)


def _lift(context: Context, mine: OwnPreferences, what: str) -> Call:
    today = context.services.clock.today()
    muted = _muted(mine, today)
    if what in muted:
        unmute(context.session, mine.member, mine.plan.name, what)
        return say(context, texts.lifted(what))
    return say(context, texts.mutes(muted, today) if muted else texts.nothing_muted())


def _muted(mine: OwnPreferences, today: date) -> dict[str, date]:
    held = mine.preferences.muted.items()
    return {task: until for (plan, task), until in held if plan == mine.plan.name and until >= today}


_VERBS: dict[str, Callable[[Context, OwnPreferences, str], Call]] = {
    PreferenceVerb.DAYS: _days,
    PreferenceVerb.SINGLE: _single,
    PreferenceVerb.JOINED: _joined,
    PreferenceVerb.QUIET: _quiet,
    PreferenceVerb.MUTE: _mute,
    PreferenceVerb.LIFT: _lift,
}
