"""What the words of an order come to: the line of the command that does it, None where they are something else."""

from collections.abc import Callable

from handlers.access.policy import Action, may
from handlers.access.responsibility import own_unit
from handlers.broadcast.announcement_requests import announcement_line
from handlers.office.card_fields import owner_and_paper
from handlers.office.card_orders import card_order, order_of_last, owner_order
from handlers.office.card_targets import called_targets
from handlers.office.codes import Field, OwnerVerb
from handlers.office.owner_orders import asked_owner
from handlers.office.texts_about import SUGGESTS
from handlers.office.texts_cards import key
from handlers.office.texts_frequencies import SET as SET_FREQUENCY
from handlers.people.absence_requests import away_line
from handlers.people.contacts import asked_unit
from handlers.people.texts_invitation_lists import PASTED
from handlers.people.texts_invitation_lists import WANTED as ROSTER_WANTED
from handlers.progress.brief import asked_section
from handlers.progress.standings import charge_of
from handlers.reminders.escalation import asked_to_urge
from handlers.reports import texts_sheets
from handlers.reports.codes import RecordVerb
from handlers.reports.record_orders import record_order
from handlers.routing import texts_orders_of_offices as of_offices
from handlers.routing import texts_orders_of_units as of_units
from handlers.routing.slots import filled
from handlers.routing.utterance import Utterance
from handlers.services.report_reader import subject_called
from handlers.services.unit_lookup import find_units
from knowledge.language.pattern import Sign
from knowledge.reports.model import UpdateOutcome
from knowledge.reports.on_behalf import WISHED, written_down

LineOf = Callable[[Utterance], str | None]


def always(shown: Sign, line: str) -> Callable[[Utterance], str | None]:
    """The same command for all that shows the sign."""
    return lambda said: line if shown.shows(said.cleaned) else None


def record_line(said: Utterance) -> str | None:
    """Of who reports, what is read as a report is one: 核实后5G基站为610个."""
    reports = may(said.actor, Action.REPORT) and said.report.outcome is UpdateOutcome.UNDERSTOOD
    return None if reports else record_order(said.text, said.cleaned)


def contacts_line(said: Utterance) -> str | None:
    unit = asked_unit(said.cleaned, said.question_service, said.actor)
    return f"/units {unit}" if unit else None


def urging_line(said: Utterance) -> str | None:
    whom = asked_to_urge(said.cleaned, said.question_service, said.actor)
    return f"/urge {whom}" if whom else None


def brief_line(said: Utterance) -> str | None:
    section = asked_section(said.cleaned)
    return None if section is None else f"/brief {section}".strip()


def unit_called(said: Utterance, name: str) -> str | None:
    """The one unit that is called so."""
    found = find_units(said.question_service, said.plan, name)
    return found[0] if len(found) == 1 else None


def owed_line(said: Utterance) -> str | None:
    found = of_units.OWED.find(said.cleaned)
    if found is None or not found["unit"]:
        return "/owed" if found else None
    unit = unit_called(said, found["unit"])
    return f"/owed {unit}" if unit else None


def wrong_line(said: Utterance) -> str | None:
    """Said by whoever reports nothing, 刚才那个不对 is of the bot's own answer."""
    reports = may(said.actor, Action.REPORT)
    return f"/withdraw {RecordVerb.WRONG}" if reports and of_units.WRONG.shows(said.cleaned) else None


def own_checked_line(said: Utterance) -> str | None:
    if not of_units.OWN_CHECKED.shows(said.cleaned):
        return None
    return "/mine" if may(said.actor, Action.REPORT) else "/check"


def history_line(said: Utterance) -> str | None:
    found = of_units.HISTORY.find(said.cleaned)
    if found is None:
        return None
    what = next(filter(None, found.groups()), "")
    asked = subject_called(said.question_service, what) if what else said.asked_about() or said.spoken_of()
    if what and asked is None:
        return None
    return f"/history {asked.task} {asked.name}" if asked else "/history"


def checked_line(said: Utterance) -> str | None:
    found = of_units.CHECKED.find(said.cleaned)
    what = next(filter(None, found.groups()), "") if found else ""
    return f"/history {what}" if what and subject_called(said.question_service, what) else None


def announcement(said: Utterance) -> str | None:
    return announcement_line(said.text, said.cleaned, said.question_service, said.plan)


def absence(said: Utterance) -> str | None:
    return away_line(said.cleaned, said.now.date())


def card_line(said: Utterance) -> str | None:
    """What only says who answers for a target is an order where the office says it of a unit."""
    if SET_FREQUENCY.shows(said.cleaned) and filled("/card", said) == "/card":
        return None  # of a unit's targets, or of all
    if line := card_order(said.text, said.cleaned):
        return line
    if not may(said.actor, Action.EDIT_CARD):
        return None
    change = order_of_last(said.text, said.cleaned)
    if (stated := owner_order(said.text, said.cleaned)) and unit_called(said, owner_and_paper(stated[1])[0]):
        if stated[0]:
            return f"/card {stated[0].strip()} {Field.OWNER} {stated[1].strip()}"
        change = f"{Field.OWNER} {stated[1].strip()}"
    last = said.spoken_of() if change else None
    return f"/card {last.task} {last.name} {change}" if last else "/card" if change else None


def of_what(shown: Sign, command: str) -> LineOf:
    """The command with the unit or the target that is named, if any."""

    def line(said: Utterance) -> str | None:
        found = shown.find(said.cleaned)
        if found is None or not found["what"]:
            return command if found else None
        what = found["what"]
        named = unit_called(said, what) or (what if subject_called(said.question_service, what) else None)
        return f"{command} {named}" if named else None

    return line


def own_unit_line(said: Utterance) -> str | None:
    """Who is of no unit is told so by the question."""
    speaks = own_unit(said.actor, said.plan) is not None
    return f"/ask {of_offices.OWN_PROGRESS}" if speaks and of_offices.OWN_UNIT.shows(said.cleaned) else None


def progress_line(said: Utterance) -> str | None:
    """Of what has a name of its own."""
    found = of_offices.PROGRESS_OF.find(said.cleaned) if may(said.actor, Action.SEE_PROGRESS) else None
    what = found["what"] if found else ""
    named = what and (unit_called(said, what) or subject_called(said.question_service, what))
    return f"/ask {what}进展怎么样" if named else None


def charge_line(said: Utterance) -> str | None:
    in_charge = bool(charge_of(said.actor, said.question_service.library))
    shows = in_charge and of_offices.CHARGE_PROGRESS.shows(said.cleaned)
    return f"/ask {of_offices.OF_CHARGE}" if shows else None


def calendar_line(said: Utterance) -> str | None:
    """The office's is of all that is sent, anybody else's of what they get."""
    sets = may(said.actor, Action.SET_RHYTHM)
    return ("/calendar" if sets else "/remind") if of_offices.CALENDAR.shows(said.cleaned) else None


def roster_line(said: Utterance) -> str | None:
    if PASTED.shows(said.text):
        return f"/roster {said.text}"
    return "/roster" if ROSTER_WANTED.shows(said.cleaned) else None


def suggestion_line(said: Utterance) -> str | None:
    found = SUGGESTS.find(said.cleaned)
    if found is None:
        return None
    return f"/suggest {said.text}" if found[1] else "/suggest"


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


def owner_line(said: Utterance) -> str | None:
    """Of who may see a card; to all others it is a question about the plan."""
    asked = asked_owner(said.cleaned) if may(said.actor, Action.SEE_PROGRESS) else ""
    found = called_targets(said.question_service.library, said.plan, asked) if asked else ()
    return f"/owners {OwnerVerb.WHO} {key(found[0])}" if len(found) == 1 else None


def sheet_line(said: Utterance) -> str | None:
    found = texts_sheets.WANTED.find(said.cleaned)
    if found is None or not found["unit"] or found["unit"] in {"我们", "我们局", "本单位"}:
        return "/sheet" if found else None
    known = found["unit"] == texts_sheets.ALL_UNITS or unit_called(said, found["unit"])
    return f"/sheet {found['unit']}" if known else None
