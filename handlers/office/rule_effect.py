"""How the messages of the next weeks change with a rule of reminding."""

from datetime import timedelta

from handlers.office.texts_reminder_rules import Effect
from handlers.schedule.forecast import ForecastInputs, ForecastMessage, forecast_from

WEEKS = 4
"""Of the messages that a change is shown on."""


def effect_between(before: ForecastInputs, after: ForecastInputs, plan: str, key: str) -> Effect:
    """`key` is the rule's that is changed."""
    now, then = _messages(before, plan), _messages(after, plan)
    told = [{(one.at, one.member.id, _content(one)) for one in messages} for messages in (now, then)]
    changed = {(at, member) for at, member, _ in told[0] ^ told[1]}
    own = [sum(key in one.rules for one in messages) for messages in (now, then)]
    return Effect(weeks=WEEKS, all=(len(now), len(then)), own=(own[0], own[1]), changed=len(changed))


def _messages(inputs: ForecastInputs, plan: str) -> tuple[ForecastMessage, ...]:
    return tuple(forecast_from(inputs, plan, inputs.now.date() + timedelta(weeks=WEEKS, days=-1)))


def _content(one: ForecastMessage) -> frozenset[tuple[str, str, str]]:
    return frozenset((item.rule, item.subject, item.occurrence) for item in one.items)
