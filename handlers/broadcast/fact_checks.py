"""/facts: a unit checks its own lines of a bulletin, or whoever releases it writes down what the unit said elsewhere.

A button carries whose word it is and which line it is of (`/facts 7 differs own 2`): `own` is the unit's own.
"""

from dataclasses import replace

from handlers.access.policy import Action, Actor, Resource
from handlers.broadcast import texts_fact_checks as texts
from handlers.broadcast.bulletin_drafts import brought_up_to_date
from handlers.broadcast.bulletin_process import BulletinProcess, processes_of
from handlers.broadcast.bulletin_steps import forget_reminder
from handlers.broadcast.codes import ALL_LINES, OWN, FactVerb
from handlers.broadcast.direct import tell
from handlers.chat.authorize import note, plan_of, turned_away
from handlers.chat.context import Context
from handlers.chat.conversation import say, settle
from handlers.chat.outgoing import Call
from handlers.chat.prompts import ask_for
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import AnswerSource
from storage.bulletin_steps import BulletinStep, bulletin_of_step
from storage.bulletins import get_bulletin, lock_bulletin
from storage.fact_checks import FactCheck, FactCorrection, add_correction, answer_right, get_check
from storage.people import get_members


def show_facts(context: Context, rest: str) -> Call:
    """A check's number, and what is answered to it: behind buttons only."""
    actor = context.actor
    if no := turned_away(context, actor, Action.SEE_PROGRESS):  # whoever is bound, and not locked
        return no
    number, _, what = rest.partition(" ")
    check = get_check(context.session, int(number)) if number.isdecimal() and len(number) < 10 else None
    if check is None:
        return say(context, texts.no_such())
    process = _process_of(context, check)
    if process is None:
        return say(context, texts.withdrawn())
    if process.bulletin.plan != plan_of(context, actor):
        return say(context, texts.no_such())
    verb, _, said = what.partition(" ")
    source, _, said = said.partition(" ")
    by_hand = verb == FactVerb.BEHALF or source in {*AnswerSource}
    action = Action.PUBLISH if by_hand else Action.CHECK_FACTS
    about = Resource(plan=process.bulletin.plan, units=frozenset({check.unit}))
    if no := turned_away(context, actor, action, about):
        return no
    return _answer(context, actor, process, check, verb, source, said, by_hand=by_hand)


def subject_of_line(context: Context, check: int, entry: int) -> EntryKey | None:
    """What a line that a unit is asked about is of."""
    found = get_check(context.session, check)
    process = _process_of(context, found) if found else None
    if process is None or entry >= len(process.bulletin.snapshot.entries):
        return None
    target = process.bulletin.snapshot.entries[entry].target
    return EntryKey(EntryKind.TARGET, target.name, process.bulletin.plan, target.task)


def _process_of(context: Context, check: FactCheck) -> BulletinProcess | None:
    """None where the check was undone, or another draft has taken its draft's place."""
    number = bulletin_of_step(context.session, check.step)
    if number is not None:
        lock_bulletin(context.session, number)
    bulletin = get_bulletin(context.session, number) if number is not None else None
    if bulletin is None:
        return None
    (process,) = processes_of(context.session, [bulletin])
    remind, today = context.services.remind, context.services.clock.today()
    return brought_up_to_date(context.session, context.library, remind, process, today=today)


def _answer(
    context: Context,
    actor: Actor,
    process: BulletinProcess,
    check: FactCheck,
    verb: str,
    source: str,
    said: str,
    *,
    by_hand: bool,
) -> Call:
    bulletin, today, until = process.bulletin, context.services.clock.today(), process.until
    if not process.accepts(today, by_hand=by_hand):
        return say(context, texts.closed(bulletin, check, until, today))
    if verb == FactVerb.BEHALF:
        return say(context, texts.ask_behalf(bulletin, check))
    if verb == FactVerb.RIGHT:
        answer_right(context.session, check.id, by=_member(actor), now=context.now, source=_kept(source))
        return _answered(context, actor, process, check, by_hand=by_hand)
    if verb in (FactVerb.DIFFERS, FactVerb.SEND):
        return _differs(context, actor, process, check, verb, source, said, by_hand=by_hand)
    assert until is not None  # noqa: S101 - a check has a last day
    return say(replace(context, line=f"/facts {check.id}"), texts.ask_unit(bulletin, check, until, today))


def _differs(
    context: Context,
    actor: Actor,
    process: BulletinProcess,
    check: FactCheck,
    verb: str,
    source: str,
    said: str,
    *,
    by_hand: bool,
) -> Call:
    """Which line, what is wrong with it, and once that was shown it is sent."""
    held = process.bulletin.snapshot
    numbers = held.lines_of.get(check.unit, ())
    which, _, words = said.partition(" ")
    if not which and len(numbers) == 1:
        which = str(numbers[0])
    if which != ALL_LINES and which not in map(str, numbers):
        return say(context, texts.ask_which(held, check, numbers, source))
    entry = None if which == ALL_LINES else int(which)
    line = f"/facts {check.id} {FactVerb.DIFFERS} {source} {which}"
    words = " ".join(words.split())
    if not words:
        return ask_for(context, texts.ask_words(held, entry), line)
    if len(words) > texts.LONGEST:
        return ask_for(context, texts.too_long(), line)
    if verb == FactVerb.DIFFERS:
        return say(context, texts.confirm_words(held, check, entry, source, words))
    add_correction(
        context.session,
        check.id,
        FactCorrection(entry, words),
        by=_member(actor),
        now=context.now,
        source=_kept(source),
    )
    return _answered(context, actor, process, check, by_hand=by_hand)


def _answered(context: Context, actor: Actor, process: BulletinProcess, check: FactCheck, *, by_hand: bool) -> Call:
    """Whoever sent it to be checked is told of what is wrong, and when all have answered."""
    (now,) = processes_of(context.session, [process.bulletin])
    answered = next(one for one in now.checks if one.id == check.id)
    note(context, actor, f"facts_{answered.answer}", f"bulletin:{now.bulletin.id}", {"by_hand": by_hand})
    silent = len(now.answered(None))
    if not silent:
        forget_reminder(context, now)
    drafter = now.steps[BulletinStep.CHECK].by
    if drafter is not None and (answered.corrections or not silent):
        tell(
            context,
            now.bulletin.plan,
            get_members(context.session, [drafter]),
            texts.told_drafter(now.bulletin, answered, silent),
        )
    today = context.services.clock.today()
    return settle(context, texts.answered(now.bulletin, answered, now.until, today, by_hand=by_hand))


def _member(actor: Actor) -> int:
    assert actor.member is not None  # noqa: S101 - turned_away() has checked
    return actor.member


def _kept(source: str) -> AnswerSource | None:
    return None if source in {"", OWN} else AnswerSource(source)
