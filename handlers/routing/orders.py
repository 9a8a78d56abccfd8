"""The table of orders of the house: what is to be done or seen, said in plain words, as the command that does it.

A new order is one row. The command asks who may, so an order that is not this person's to give hears who may give it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from handlers.access.policy import Action, may
from handlers.access.responsibility import own_unit
from handlers.broadcast.bulletin_requests import DRAFTS, SHOWS, bulletin_line
from handlers.chat.context import Context
from handlers.chat.outgoing import Call
from handlers.home.texts import WANTED as WANTED_HOME
from handlers.home.texts_more import LINES as SENTENCES
from handlers.office import texts_person_marks as texts_marks
from handlers.office import texts_supervision
from handlers.office.card_orders import FIELD_TO_VALUE, VALUE_AS_FIELD, card_order
from handlers.office.card_targets import called_targets
from handlers.office.codes import OwnerVerb
from handlers.office.owner_orders import ASKED as ASKED_OWNER
from handlers.office.owner_orders import ORDERS_OF_OWNERS, asked_owner, owner_order
from handlers.office.texts_about import SUGGESTS
from handlers.office.texts_about import WANTED as ABOUT_WANTED
from handlers.office.texts_cards import key
from handlers.office.texts_setup import WANTED as SETUP_WANTED
from handlers.people.contacts import CONTACT, asked_unit
from handlers.people.people import tell_contacts_of
from handlers.people.texts_invitation_lists import PASTED
from handlers.people.texts_invitation_lists import WANTED as ROSTER_WANTED
from handlers.progress.brief import WANTED, asked_section, hear_brief
from handlers.reminders import texts_projects
from handlers.reminders.escalation import asked_to_urge
from handlers.reminders.personal import tell_settings
from handlers.reminders.projects import asked_to_urge_project
from handlers.reminders.texts_escalation import ASKED as URGED
from handlers.reminders.texts_personal import MINE, SETTING
from handlers.reports import texts_sheets
from handlers.reports.codes import RecordVerb, Step
from handlers.reports.record_orders import CHECKS, RETURNS, WAITING, is_numbered, record_order
from handlers.reports.texts_own_reports import ASKED
from handlers.reports.texts_resolutions import OPEN
from handlers.routing import texts_intents as texts
from handlers.routing import texts_orders as signs
from handlers.routing.commands import is_name, run_line
from handlers.routing.decision import Intent
from handlers.routing.other_requests import surely
from handlers.routing.utterance import Utterance
from handlers.services.report_reader import subject_called
from handlers.services.unit_lookup import find_units
from knowledge.language.pattern import Sign
from knowledge.reports.model import UpdateOutcome
from knowledge.reports.on_behalf import CAME, FOR, TAKE_DOWN, WISHED, written_down

ONE_WAY, CHANGE = 80, 90
"""A sentence for one thing only; one that changes a card or a report besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    name: str
    line: Callable[[Utterance], str | None]
    """The command that does it; None where the words are something else."""
    samples: tuple[str, ...]
    """Sentences that are it; they run as tests."""
    run: Callable[[Context, str], Call] = run_line
    """What the line does, where the command of that name would do more."""
    score: int = ONE_WAY
    groups: bool = False
    """Whether it is answered in groups, too: by where it can be given."""
    surely: Callable[[Utterance], bool] | None = None
    """Whether it is meant even while something else is asked for; None: wherever it tells nobody else what to do."""


def always(shown: Sign, line: str) -> Callable[[Utterance], str | None]:
    """The same command for all that shows the sign."""
    return lambda said: line if shown.shows(said.cleaned) else None


def intent_of(order: Order) -> Intent:
    def score(said: Utterance) -> int:
        return 0 if order.line(said) is None else order.score

    def line(said: Utterance) -> str:
        return order.line(said) or ""

    return Intent(
        name=order.name,
        score=score,
        surely=order.surely or surely(score),
        run=lambda context, said: order.run(context, line(said)),
        line=line,
        samples=order.samples,
        groups=order.groups,
    )


def _record_line(said: Utterance) -> str | None:
    """Of who reports, what is read as a report is one: 核实后5G基站为610个."""
    reports = may(said.actor, Action.REPORT) and said.report.outcome is UpdateOutcome.UNDERSTOOD
    return None if reports else record_order(said.text, said.cleaned)


def _contacts_line(said: Utterance) -> str | None:
    unit = asked_unit(said.cleaned, said.question_service, said.actor)
    return f"/units {unit}" if unit else None


def _owner_line(said: Utterance) -> str | None:
    """Of who may see a card; to all others it is a question about the plan."""
    asked = asked_owner(said.cleaned) if may(said.actor, Action.SEE_PROGRESS) else ""
    found = called_targets(said.question_service.library, said.plan, asked) if asked else ()
    return f"/owners {OwnerVerb.WHO} {key(found[0])}" if len(found) == 1 else None


def _urging_line(said: Utterance) -> str | None:
    whom = asked_to_urge(said.cleaned, said.question_service, said.actor)
    return f"/urge {whom}" if whom else None


def _roster_line(said: Utterance) -> str | None:
    if PASTED.shows(said.text):
        return f"/roster {said.text}"
    return "/roster" if ROSTER_WANTED.shows(said.cleaned) else None


def _suggestion_line(said: Utterance) -> str | None:
    found = SUGGESTS.find(said.cleaned)
    if found is None:
        return None
    return f"/suggest {said.text}" if found[1] else "/suggest"


def _brief_line(said: Utterance) -> str | None:
    section = asked_section(said.cleaned)
    return None if section is None else f"/brief {section}".strip()


def _unit(said: Utterance, name: str) -> str | None:
    """The one unit that is called so."""
    found = find_units(said.question_service, said.plan, name)
    return found[0] if len(found) == 1 else None


def _owed_line(said: Utterance) -> str | None:
    found = signs.OWED.find(said.cleaned)
    if found is None or not found["unit"]:
        return "/owed" if found else None
    unit = _unit(said, found["unit"])
    return f"/owed {unit}" if unit else None


def _wrong_line(said: Utterance) -> str | None:
    """Said by whoever reports nothing, 刚才那个不对 is of the bot's own answer."""
    reports = may(said.actor, Action.REPORT)
    return f"/withdraw {RecordVerb.WRONG}" if reports and signs.WRONG.shows(said.cleaned) else None


def _own_checked_line(said: Utterance) -> str | None:
    if not signs.OWN_CHECKED.shows(said.cleaned):
        return None
    return "/mine" if may(said.actor, Action.REPORT) else "/check"


def _history_line(said: Utterance) -> str | None:
    if not signs.HISTORY.shows(said.cleaned):
        return None
    asked = said.asked_about()
    return f"/history {asked.task} {asked.name}" if asked else "/history"


def _checked_line(said: Utterance) -> str | None:
    found = signs.CHECKED.find(said.cleaned)
    what = next(filter(None, found.groups()), "") if found else ""
    return f"/history {what}" if what and subject_called(said.question_service, what) else None


def _behalf_line(said: Utterance) -> str | None:
    """What a unit says that the speaker is not of; of who may not write it down only what surely is a report."""
    if WISHED.shows(said.text.strip()):
        return "/behalf"
    parts = written_down(said.text)
    units = find_units(said.question_service, said.plan, parts.unit) if parts else ()
    if not units or own_unit(said.actor, said.plan) in units:
        return None
    sure = may(said.actor, Action.RECORD_ON_BEHALF) or said.report.outcome is UpdateOutcome.UNDERSTOOD
    return f"/behalf {said.text.strip()}" if sure else None


def _sheet_line(said: Utterance) -> str | None:
    found = texts_sheets.WANTED.find(said.cleaned)
    if found is None or not found["unit"] or found["unit"] in {"我们", "我们局", "本单位"}:
        return "/sheet" if found else None
    known = found["unit"] == texts_sheets.ALL_UNITS or _unit(said, found["unit"])
    return f"/sheet {found['unit']}" if known else None


def _rest(line: str) -> str:
    return line.partition(" ")[2]


ORDERS = (
    Order(name=texts.OWED, line=_owed_line, samples=signs.OWED.examples, groups=True),
    Order(
        name=texts.NO_CHANGE,
        line=always(signs.NO_CHANGE, f"/report {Step.SAME}"),
        samples=signs.NO_CHANGE.examples,
        surely=lambda said: signs.NO_CHANGE.shows(said.cleaned) and signs.ALL_OF_IT.shows(said.cleaned),
    ),
    Order(name=texts.WRONG, line=_wrong_line, samples=signs.WRONG.examples),
    Order(
        name=texts.WITHDRAW,
        line=always(signs.WITHDRAW, f"/withdraw {RecordVerb.LAST}"),
        samples=signs.WITHDRAW.examples,
    ),
    Order(name=texts.START_REPORT, line=always(signs.START_REPORT, "/report"), samples=signs.START_REPORT.examples),
    Order(name=texts.HISTORY, line=_history_line, samples=signs.HISTORY.examples),
    Order(
        name=texts.WHY_RETURNED,
        line=always(signs.WHY_RETURNED, "/mine"),
        samples=signs.WHY_RETURNED.examples,
        score=CHANGE,
    ),
    Order(
        name=texts.CHECK_ALL,
        line=always(signs.CHECK_ALL, f"/check {RecordVerb.ALL}"),
        samples=signs.CHECK_ALL.examples,
        score=CHANGE,
    ),
    Order(name=texts.OWN_CHECKED, line=_own_checked_line, samples=signs.OWN_CHECKED.examples),
    Order(name=texts.CHECKED, line=_checked_line, samples=signs.CHECKED.examples),
    Order(name=texts.ROSTER, line=_roster_line, samples=(*ROSTER_WANTED.examples, *PASTED.examples), score=CHANGE),
    Order(name=texts.SETUP, line=always(SETUP_WANTED, "/setup"), samples=SETUP_WANTED.examples),
    Order(name=texts.ABOUT, line=always(ABOUT_WANTED, "/about"), samples=ABOUT_WANTED.examples, groups=True),
    Order(
        name=texts.SUGGESTION,
        line=_suggestion_line,
        samples=SUGGESTS.examples,
        surely=lambda _said: False,  # 意见：不属实 answers what was asked
    ),
    Order(
        name=texts.CARD_ORDER,
        line=lambda said: card_order(said.text, said.cleaned),
        samples=(*FIELD_TO_VALUE.examples, *VALUE_AS_FIELD.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.OWNERS,
        line=lambda said: owner_order(said.text, said.cleaned),
        samples=tuple(example for shown, _ in ORDERS_OF_OWNERS for example in shown.examples),
    ),
    Order(name=texts.OWNER_ASKED, line=_owner_line, samples=ASKED_OWNER.examples),
    Order(
        name=texts.RECORD_ORDER,
        line=_record_line,
        samples=(*WAITING.examples, *CHECKS, *RETURNS),
        score=CHANGE,
        surely=lambda said: is_numbered(_record_line(said)),
    ),
    Order(
        name=texts.SUPERVISION,
        line=lambda said: texts_supervision.order_line(said.cleaned),
        samples=(
            *texts_supervision.OFF.examples,
            *texts_supervision.ON.examples,
            *texts_supervision.LISTED.examples,
        ),
        score=CHANGE,
    ),
    Order(
        name=texts.SHEET,
        line=_sheet_line,
        samples=texts_sheets.WANTED.examples,
    ),
    Order(
        name=texts.ON_BEHALF,
        line=_behalf_line,
        samples=(*CAME.examples, *FOR.examples, *TAKE_DOWN.examples, *WISHED.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.MARKS,
        line=lambda said: texts_marks.order_line(said.cleaned),
        samples=(*texts_marks.SIGNER.examples, *texts_marks.CITY_LEADER.examples),
        score=CHANGE,
    ),
    Order(
        name=texts.URGE_PROJECT,
        line=lambda said: asked_to_urge_project(said.cleaned, said.question_service, said.actor),
        samples=texts_projects.URGED.examples,
        score=CHANGE,
    ),
    Order(name=texts.OWN_REMINDERS, line=always(MINE, "/reminders"), samples=MINE.examples, groups=True),
    Order(
        name=texts.REMINDER_SETTINGS,
        line=always(SETTING, "/remind"),
        run=lambda context, _line: tell_settings(context),
        samples=SETTING.examples,
        groups=True,
    ),
    Order(
        name=texts.CONTACTS,
        line=_contacts_line,
        run=lambda context, line: tell_contacts_of(context, _rest(line)),
        samples=CONTACT.examples,
    ),
    Order(name=texts.URGE, line=_urging_line, samples=URGED.examples),
    Order(name=texts.PROBLEMS, line=always(OPEN, "/problems"), samples=OPEN.examples),
    Order(name=texts.OWN_REPORTS, line=always(ASKED, "/mine"), samples=ASKED.examples),
    Order(
        name=texts.BULLETIN,
        line=lambda said: bulletin_line(said.cleaned, said.now.date()),
        samples=(*DRAFTS.examples, *SHOWS.examples),
    ),
    Order(
        name=texts.BRIEF,
        line=_brief_line,
        run=lambda context, line: hear_brief(context, _rest(line)),
        samples=WANTED.examples,
        groups=True,
    ),
    Order(
        name=texts.BARE_COMMAND,
        line=lambda said: f"/{said.word}" if is_name(said.word) else None,
        samples=texts.OF_BARE_COMMAND,
    ),
    Order(name=texts.HOME, line=always(WANTED_HOME, "/home"), samples=WANTED_HOME.examples),
    Order(name=texts.SENTENCE, line=lambda said: SENTENCES.get(said.word), samples=texts.OF_SENTENCE),
)
