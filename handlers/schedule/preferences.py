"""What a person wants of reminders by rule, applied to an item before it is kept."""

from dataclasses import replace
from datetime import datetime, timedelta

from handlers.services.clock import PLAN_ZONE
from knowledge.reminders.defaults import RemindDefaults, within
from knowledge.reminders.recipients import SkipReason
from storage.schedule_items import NewItem
from storage.subscriptions import Subscription


def as_preferred(item: NewItem, preferences: Subscription, defaults: RemindDefaults) -> NewItem:
    """The item, put off to the end of quiet hours, or with the reason why the person does not want it."""
    if item.rule == "personal":
        return item  # they said themselves when
    if item.reason is None and preferences.mutes(item.plan, item.task, item.planned.astimezone(PLAN_ZONE).date()):
        return replace(item, reason=SkipReason.MUTED)
    if item.reason is None and _unwanted(item, preferences):
        return replace(item, reason=SkipReason.NOT_WANTED)
    return replace(item, due=after_quiet(item.due, preferences, defaults))


def after_quiet(moment: datetime, preferences: Subscription, defaults: RemindDefaults) -> datetime:
    """The moment itself, or the end of the quiet hours that the person chose or is given."""
    start, end = preferences.quiet or (defaults.quiet_from, defaults.quiet_to)
    local = moment.astimezone(PLAN_ZONE)
    if not within(local.time(), start, end):
        return moment
    tomorrow = local.time() >= end
    return datetime.combine(local.date() + timedelta(days=tomorrow), end, tzinfo=PLAN_ZONE)


def _unwanted(item: NewItem, preferences: Subscription) -> bool:
    """Of several lead times that come to one day, one that the person chose is enough."""
    if item.rule != "deadline" or preferences.deadline_days is None:
        return False
    return not set(item.leads) & set(preferences.deadline_days)
