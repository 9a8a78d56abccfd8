"""Of what a figure, or what is wrong with one, is asked for, by the command that the answer completes."""

import re

from handlers.access.responsibility import own_plan
from handlers.broadcast.fact_checks import subject_of_line
from handlers.chat.context import Context
from handlers.reports import drafts
from handlers.reports.guided import subject_at
from handlers.reports.proposal import last_subject
from handlers.reports.texts_own_reports import CORRECTING
from handlers.schedule.stored_message import find_message, requested_targets
from knowledge.plan.key import EntryKey

_STEP = re.compile(r"/report figure (\S+)")
_REMINDER = re.compile(r"/fill ([0-9]{1,18}) ([0-9]{1,18})")
_FACTS = re.compile(r"/facts ([0-9]{1,9}) differs [a-z]+ ([0-9]{1,4})")


def asked_subject(context: Context, command: str) -> EntryKey | None:
    """None where no figure is asked for."""
    if command.startswith("/report #"):
        held = drafts.current(context)
        return held[1].item.subject if held else None
    if command == CORRECTING:
        return last_subject(context)
    if step := _STEP.match(command):
        return subject_at(step[1], own_plan(context.actor, context.library), context.library)
    if told := _REMINDER.match(command):
        message = find_message(context, context.actor, int(told[1]))
        asked = requested_targets(context, message) if message else ()
        return next((one.subject for one in asked if str(one.item) == told[2]), None)
    if line := _FACTS.match(command):
        return subject_of_line(context, int(line[1]), int(line[2]))
    return None
