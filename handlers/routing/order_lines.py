"""What the words of an order come to: the line of the command that does it, None where they are something else."""

from collections.abc import Callable

from handlers.access.policy import Action, may
from handlers.access.responsibility import own_unit
from handlers.broadcast.announcement_requests import announcement_line
from handlers.office.card_fields import owner_and_paper
from handlers.office.card_orders import card_order, order_of_last, owner_order
from handlers.office.codes import Field
from handlers.office.texts_frequencies import SET as SET_FREQUENCY
from handlers.people.texts_invitation_lists import PASTED
from handlers.progress.standings import charge_of
from handlers.reports.record_orders import record_order
from handlers.routing import texts_orders as texts
from handlers.routing.slots import filled
from handlers.routing.utterance import Utterance
from handlers.services.report_reader import reader_of
from handlers.services.unit_lookup import find_units
from knowledge.language.pattern import Sign
from knowledge.reports.model import UpdateOutcome
from knowledge.reports.on_behalf import WISHED, written_down

LineOf = Callable[[Utterance], str | None]


def always(shown: Sign, line: str) -> Callable[[Utterance], str | None]:
    """The same command for all that shows the sign."""
    return lambda said: line if shown.shows(said.cleaned) else None


def of_who_may(shown: Sign, line: str, action: Action) -> LineOf:
    """Said by others the words are of something else."""
    return lambda said: line if shown.shows(said.cleaned) and may(said.actor, action) else None


def record_line(said: Utterance) -> str | None:
    """Of who reports, what is read as a report is one: 核实后5G基站为610个."""
    reports = may(said.actor, Action.REPORT) and said.report.outcome is UpdateOutcome.UNDERSTOOD
    return None if reports else record_order(said.text, said.cleaned)


def unit_called(said: Utterance, name: str) -> str | None:
    """The one unit that is called so."""
    found = find_units(said.question_service, said.plan, name)
    return found[0] if len(found) == 1 else None


def own_checked_line(said: Utterance) -> str | None:
    if not texts.OWN_CHECKED.shows(said.cleaned):
        return None
    return "/mine" if may(said.actor, Action.REPORT) else "/check"


def announcement(said: Utterance) -> str | None:
    return announcement_line(said.text, said.cleaned, said.question_service, said.plan)


def card_line(said: Utterance) -> str | None:
    """What only says who answers for a target is an order where the office says it of a unit."""
    may_edit = may(said.actor, Action.EDIT_CARD)
    change = order_of_last(said.text, said.cleaned) if may_edit else None
    last = said.spoken_of() if change else None
    if SET_FREQUENCY.shows(said.cleaned) and not last and filled("/card", said) == "/card":
        return None  # of a unit's targets, or of all
    if line := card_order(said.text, said.cleaned):
        return line
    if not may_edit:
        return None
    if (stated := owner_order(said.text, said.cleaned)) and unit_called(said, owner_and_paper(stated[1])[0]):
        if stated[0]:
            return f"/card {stated[0].strip()} {Field.OWNER} {stated[1].strip()}"
        change = f"{Field.OWNER} {stated[1].strip()}"
        last = said.spoken_of()
    return f"/card {last.task} {last.name} {change}" if last else "/card" if change else None


def own_unit_line(said: Utterance) -> str | None:
    """Who is of no unit is told so by the question."""
    speaks = own_unit(said.actor, said.plan) is not None
    return f"/ask {texts.OWN_PROGRESS}" if speaks and texts.OWN_UNIT.shows(said.cleaned) else None


def charge_line(said: Utterance) -> str | None:
    """Of who is in charge of something, or reads for who is."""
    which = next((one for one, shown in texts.OF_CHARGE.items() if shown.shows(said.cleaned)), None)
    return f"/brief {which}" if which and charge_of(said.actor, said.question_service.library) else None


def how_is_line(said: Utterance) -> str | None:
    """Of a name of the plan, asked by who sees progress."""
    found = texts.HOW_IS.find(said.cleaned) if may(said.actor, Action.SEE_PROGRESS) else None
    names = reader_of(said.question_service).subjects.names.find(found["what"]) if found else ()
    return f"/ask {found['what']}进展怎么样" if found and any(one.surface == found["what"] for one in names) else None


def behalf_line(said: Utterance) -> str | None:
    """What a unit says that the speaker is not of; of who may not write it down only what surely is a report."""
    if WISHED.shows(said.text.strip()):
        return "/behalf"
    parts = written_down(said.text)
    units = find_units(said.question_service, said.plan, parts.unit) if parts else ()
    if not units or own_unit(said.actor, said.plan) in units:
        return None
    sure = may(said.actor, Action.RECORD_ON_BEHALF) or said.report.outcome is UpdateOutcome.UNDERSTOOD
    return f"/behalf {said.text.strip()}" if sure else None


def roster_line(said: Utterance) -> str | None:
    return f"/roster {said.text}" if PASTED.shows(said.text) else None
