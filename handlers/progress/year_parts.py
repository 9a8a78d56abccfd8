"""/moves and /halfyear: what has moved since the end of last month, and 双过半, of what the asker answers for."""

from handlers.chat.context import Context
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.progress import texts_year_parts as texts
from handlers.progress.asked_scope import progress_now, scope_asked
from knowledge.standing.brief import month_before
from knowledge.standing.half_year import time_gone, year_part
from knowledge.standing.moves import moves_between


def show_moves(context: Context, rest: str) -> Call:
    """/moves, or of the unit or target that is named."""
    asked = scope_asked(context, "/moves", rest)
    if not isinstance(asked, tuple):
        return asked
    scope, name = asked
    today = context.services.clock.today()
    before, progress = month_before(today), progress_now(context)
    now, then = (
        [one for picture in progress.pictures(scope, day) for one in picture.standings] for day in (today, before)
    )
    figures = {one.subject: one.figure for one in then}
    changed = [one for one in now if one.figure and one.figure != figures.get(one.subject) and one.figure.day > before]
    return say(context, texts.moves_reply(name, moves_between(then, now), changed, before, today))


def show_half_year(context: Context, rest: str) -> Call:
    """/halfyear, or of the unit or target that is named."""
    asked = scope_asked(context, "/halfyear", rest)
    if not isinstance(asked, tuple):
        return asked
    scope, name = asked
    today = context.services.clock.today()
    standings = [one for picture in progress_now(context).pictures(scope, today) for one in picture.standings]
    parts = [year_part(one, one.target) for one in standings if one.target]
    return say(context, texts.half_year_reply(name, parts, time_gone(today), today))
