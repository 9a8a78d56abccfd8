"""报送截止日改成20号: `/rules due day 20` shows what it changes, `/rules due day confirm 20` does it."""

import re
from dataclasses import replace

from handlers.access.policy import Actor
from handlers.chat.authorize import note
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from handlers.office import texts_due_day as texts
from handlers.office.codes import RuleVerb
from handlers.office.rule_effect import effect_between
from handlers.schedule.changes import schedule_changed
from handlers.schedule.forecast import load_inputs
from handlers.services.due_day import OfficeDueDay
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.model import Frequency
from knowledge.standing.periods import period_asked
from storage.rule_settings import set_due_day

RULE = "due"
_FIRST, _LAST = 1, 28
"""Every month has them."""
_DAY = re.compile(r"(?:每个?月)?(?P<day>\d{1,2}|[一二三四五六七八九十廿]{1,3})(?:号|日)?(?:截止)?")


def change_due_day(context: Context, actor: Actor, plan: str, said: str) -> Call:
    """`20`, or `confirm 20`; alone it is asked for."""
    command = f"/rules {RULE} {RuleVerb.DAY}"
    held = context.services.remind.monthly_due_day
    confirmed = said.startswith(RuleVerb.CONFIRM)
    words = said.removeprefix(RuleVerb.CONFIRM).strip()
    if not words:
        return ask_for(context, texts.ask(held), command)
    day = _read(words)
    if day is None:
        return ask_for(context, texts.unread(held), command)
    if day == held:
        return say(context, texts.same(held))
    if confirmed:
        return _set(context, actor, plan, day, held)
    after = replace(context.services, due_day=OfficeDueDay(day))
    effect = effect_between(
        load_inputs(context.session, context.services), load_inputs(context.session, after), plan, RULE
    )
    today = context.services.clock.today()
    period = period_asked(Frequency.MONTHLY, today, context.services.remind.due_days)
    return say(context, texts.propose(held, day, period, effect, later=after.remind.quarterly_due_day, today=today))


def _set(context: Context, actor: Actor, plan: str, day: int, before: int) -> Call:
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    own = None if day == context.services.configured.monthly_due_day else day
    set_due_day(context.session, plan, own, by=actor.member, now=context.now)
    note(context, actor, "set_rule", f"rule:{plan}/{RULE}", {"day": day, "was": before})
    context.services.due_day.refresh(context.session)
    schedule_changed(context, plan)
    return settle(context, texts.was_set(day, before))


def _read(words: str) -> int | None:
    found = _DAY.fullmatch(words)
    number = read_number(found["day"]) if found else None
    return int(number) if number is not None and _FIRST <= number <= _LAST else None
