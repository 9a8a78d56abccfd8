"""The one table of commands: it makes Telegram's menu, /help, docs/commands.md and the dispatch."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from handlers.access.policy import Action, may
from handlers.broadcast import texts_announcements, texts_bulletins, texts_outbox
from handlers.broadcast.announcements import announce
from handlers.broadcast.bulletins import show_bulletins
from handlers.broadcast.fact_checks import show_facts
from handlers.broadcast.receipts import acknowledge, show_receipts
from handlers.chat.command_words import has_unknown_code, in_codes
from handlers.chat.context import Context, sentence
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.chat.shown_first import keep
from handlers.home import texts_more
from handlers.home.home import own_desks, show_home
from handlers.home.more import show_more
from handlers.home.texts_visitor import ALL_TASKS
from handlers.office import (
    texts_about,
    texts_burden,
    texts_calendar,
    texts_cards,
    texts_holidays,
    texts_owners,
    texts_person_marks,
    texts_plan_settings,
    texts_reminder_rules,
    texts_setup,
    texts_supervision,
    texts_unanswered,
)
from handlers.office.about import show_about, show_suggestions, suggest
from handlers.office.burden import show_ledger
from handlers.office.calendar import show_calendar, show_preview
from handlers.office.frequencies import show_frequencies
from handlers.office.holidays import show_holidays
from handlers.office.indicator_cards import show_card, show_gaps
from handlers.office.meetings import show_meetings
from handlers.office.outbox import show_outbox
from handlers.office.owner_opinions import show_ownership
from handlers.office.owners import show_owners
from handlers.office.person_marks import mark_city_leader, name_signer
from handlers.office.plan_period import show_period
from handlers.office.reminder_rules import show_rules
from handlers.office.setup import show_setup
from handlers.office.supervision import show_supervision
from handlers.office.unanswered import show_misses
from handlers.people import texts as people
from handlers.people import texts_invitation_lists, texts_offboarding, texts_onboarding
from handlers.people.invitation_lists import show_roster
from handlers.people.offboarding import forget, go_away, lock, remove, unlock
from handlers.people.onboarding import hand_over, join, show_invitations, start_inviting, take_back
from handlers.people.people import show_me, show_people, show_units
from handlers.progress import texts_brief, texts_year_parts
from handlers.progress.brief import show_brief
from handlers.progress.year_parts import show_half_year, show_moves
from handlers.questions.feedback import dislike
from handlers.questions.handler import answer, ask
from handlers.questions.list_export import export_ledger
from handlers.questions.personal_matters import is_personal_matter, show_whom_to_call
from handlers.reminders import (
    buttons,
    texts_acknowledgements,
    texts_ics,
    texts_personal,
    texts_preferences,
    texts_projects,
)
from handlers.reminders.acknowledgements import show_acks
from handlers.reminders.escalation import press, urge
from handlers.reminders.ics import send_calendar
from handlers.reminders.personal import show_reminders
from handlers.reminders.preferences import show_remind
from handlers.reminders.projects import show_projects, urge_project
from handlers.reports import texts as report_texts
from handlers.reports import (
    texts_evidence,
    texts_lifecycle,
    texts_on_behalf,
    texts_owed,
    texts_own_reports,
    texts_resolutions,
    texts_sheets,
)
from handlers.reports.card_buttons import report
from handlers.reports.checks import check
from handlers.reports.evidence import show_evidence
from handlers.reports.lifecycle import approve, contributions, history, pending, withdraw
from handlers.reports.on_behalf import behalf
from handlers.reports.owed import show_owed
from handlers.reports.own_reports import show_own
from handlers.reports.resolutions import excuse, show_problems
from handlers.reports.returns import send_back
from handlers.reports.sheets import hand_out_sheet
from handlers.routing import texts_start as texts
from handlers.routing.texts_command_words import PLACES
from knowledge.language.normalize import clean

NEAR_NAME, MOST_NEAR = 70, 2
"""reprot and pendign come so near to a command's name; nowhere to none."""
Run = Callable[[Context, str], Call]
"""From where it was typed and what stood after it to what is said."""


@dataclass(frozen=True, slots=True)
class Command:
    name: str
    about: str
    """What the menu shows, in Chinese."""
    run: Run
    groups: bool = True
    """Whether the menu of groups shows it; it works everywhere."""
    action: Action | None = None
    """The menu shows it to those who may; None: to everybody. The command itself asks again."""
    again: bool = False
    """Whether doing it again changes nothing, so that the pages of its reply can be turned."""
    typed: bool = True
    """Whether it can be typed; otherwise it is only for buttons and what they ask for, and no list shows it."""


def start(context: Context, rest: str) -> Call:
    if joined := join(context, rest):
        return joined
    if context.group:
        return say(context, texts.group_greeting(context.services.me.username))
    return show_home(context, rest)


def show_help(context: Context, _rest: str) -> Call:
    """All that one may do; in groups and for visitors what can be asked."""
    if own_desks(context):
        return show_more(context, "")
    return say(context, texts.help_text(context.library, map(_named, MENU)))


def ask_after(context: Context, rest: str) -> Call:
    """/ask works in a group whose privacy switch keeps mentions from the bot."""
    if not rest:
        return say(context, texts.ask_usage())
    cleaned = clean(rest)
    if is_personal_matter(cleaned):
        return show_whom_to_call(context, cleaned, answer(context, rest, "").answer)
    return ask(context, rest, cleaned=cleaned)


def show_tasks(context: Context, _rest: str) -> Call:
    return ask(context, ALL_TASKS)


COMMANDS = (
    Command("start", texts.ABOUT_START, start, groups=False),
    Command("help", texts.ABOUT_HELP, show_help, again=True),
    Command("more", texts_more.ABOUT_MORE, show_more, groups=False, action=Action.SUBSCRIBE, again=True),
    Command("home", "", show_home, groups=False, typed=False),
    Command("tasks", texts.ABOUT_TASKS, show_tasks),
    Command("ask", texts.ABOUT_ASK, ask_after),
    Command("report", report_texts.ABOUT_REPORT, report, groups=False, action=Action.REPORT),
    Command("owed", texts_owed.ABOUT_OWED, show_owed, groups=False, action=Action.SEE_PROGRESS, again=True),
    Command("behalf", texts_on_behalf.ABOUT_BEHALF, behalf, groups=False, action=Action.RECORD_ON_BEHALF),
    Command("sheet", texts_sheets.ABOUT_SHEET, hand_out_sheet, groups=False, action=Action.SEE_HISTORY),
    Command("history", texts_lifecycle.ABOUT_HISTORY, history, groups=False, action=Action.SEE_HISTORY),
    Command("mine", texts_own_reports.ABOUT_OWN, show_own, groups=False, action=Action.REPORT, again=True),
    Command(
        "problems",
        texts_resolutions.ABOUT_PROBLEMS,
        show_problems,
        groups=False,
        action=Action.SEE_PROGRESS,
    ),
    Command("excuse", texts_resolutions.ABOUT_EXCUSE, excuse, groups=False, action=Action.EXCUSE),
    Command("withdraw", texts_lifecycle.ABOUT_WITHDRAW, withdraw, groups=False, action=Action.WITHDRAW),
    Command("evidence", texts_evidence.ABOUT_EVIDENCE, show_evidence, groups=False, action=Action.SEE_EVIDENCE),
    Command("missing", texts_lifecycle.ABOUT_MISSING, contributions, groups=False, action=Action.SEE_PROGRESS),
    Command("pending", texts_lifecycle.ABOUT_PENDING, pending, groups=False, action=Action.ACCEPT),
    Command("approve", texts_lifecycle.ABOUT_APPROVE, approve, groups=False, action=Action.APPROVE),
    Command("return", texts_lifecycle.ABOUT_RETURN, send_back, groups=False, action=Action.RETURN),
    Command("check", texts_lifecycle.ABOUT_CHECK, check, groups=False, action=Action.CHECK),
    Command("card", texts_cards.ABOUT_CARD, show_card, groups=False, action=Action.EDIT_CARD),
    Command("gaps", texts_cards.ABOUT_GAPS, show_gaps, groups=False, action=Action.SEE_GAPS, again=True),
    Command("owners", texts_owners.ABOUT_OWNERS, show_owners, groups=False, action=Action.SEE_GAPS),
    Command("frequency", "", show_frequencies, groups=False, typed=False),
    Command("ownership", "", show_ownership, groups=False, typed=False),
    Command(
        "calendar", texts_calendar.ABOUT_CALENDAR, show_calendar, groups=False, action=Action.SET_RHYTHM, again=True
    ),
    Command("preview", texts_calendar.ABOUT_PREVIEW, show_preview, groups=False, action=Action.SET_RHYTHM, again=True),
    Command(
        "supervision",
        texts_supervision.ABOUT_SUPERVISION,
        show_supervision,
        groups=False,
        action=Action.MARK_UNIT,
    ),
    Command("rules", texts_reminder_rules.ABOUT_RULES, show_rules, groups=False, action=Action.SET_RHYTHM),
    Command("holidays", texts_holidays.ABOUT_HOLIDAYS, show_holidays, groups=False, action=Action.SET_RHYTHM),
    Command("meeting", texts_plan_settings.ABOUT_MEETING, show_meetings, groups=False, action=Action.SET_RHYTHM),
    Command("period", texts_plan_settings.ABOUT_PERIOD, show_period, groups=False, action=Action.SET_RHYTHM),
    Command("brief", texts_brief.ABOUT_BRIEF, show_brief, groups=False, action=Action.BRIEF, again=True),
    Command("moves", texts_year_parts.ABOUT_MOVES, show_moves, groups=False, action=Action.SEE_PROGRESS, again=True),
    Command(
        "halfyear",
        texts_year_parts.ABOUT_HALF_YEAR,
        show_half_year,
        groups=False,
        action=Action.SEE_PROGRESS,
        again=True,
    ),
    Command("export", "", export_ledger, groups=False, typed=False),
    Command("bulletin", texts_bulletins.ABOUT_BULLETIN, show_bulletins, groups=False, action=Action.SEE_PROGRESS),
    Command("announce", texts_announcements.ABOUT_ANNOUNCE, announce, groups=False, action=Action.ANNOUNCE),
    Command(
        "receipts",
        texts_announcements.ABOUT_RECEIPTS,
        show_receipts,
        groups=False,
        action=Action.SEE_RECEIPTS,
        again=True,
    ),
    Command("ledger", texts_burden.ABOUT_LEDGER, show_ledger, groups=False, action=Action.SEE_LEDGER, again=True),
    Command("me", people.ABOUT_ME, show_me, groups=False, action=Action.JOIN),
    Command("units", people.ABOUT_UNITS, show_units, groups=False, action=Action.SEE_PEOPLE, again=True),
    Command("away", texts_offboarding.ABOUT_AWAY, go_away, groups=False, action=Action.AWAY),
    Command("handover", texts_onboarding.ABOUT_HANDOVER, hand_over, groups=False, action=Action.HAND_OVER),
    Command("forget", texts_offboarding.ABOUT_FORGET, forget, groups=False, action=Action.FORGET),
    Command("invite", texts_onboarding.ABOUT_INVITE, start_inviting, groups=False, action=Action.INVITE),
    Command(
        "invites", texts_onboarding.ABOUT_INVITES, show_invitations, groups=False, action=Action.INVITE, again=True
    ),
    Command("roster", texts_invitation_lists.ABOUT_ROSTER, show_roster, groups=False, action=Action.INVITE),
    Command("revoke", texts_onboarding.ABOUT_REVOKE, take_back, groups=False, action=Action.HAND_OVER),
    Command("people", people.ABOUT_PEOPLE, show_people, groups=False, action=Action.REMOVE),
    Command("signer", texts_person_marks.ABOUT_SIGNER, name_signer, groups=False, action=Action.NAME_SIGNER),
    Command(
        "cityleader", texts_person_marks.ABOUT_CITY_LEADER, mark_city_leader, groups=False, action=Action.MARK_PERSON
    ),
    Command("remove", texts_offboarding.ABOUT_REMOVE, remove, groups=False, action=Action.REMOVE),
    Command("lock", texts_offboarding.ABOUT_LOCK, lock, groups=False, action=Action.LOCK),
    Command("unlock", texts_offboarding.ABOUT_UNLOCK, unlock, groups=False, action=Action.LOCK),
    Command("misses", texts_unanswered.ABOUT_MISSES, show_misses, groups=False, action=Action.RESOLVE_MISSES),
    Command("setup", texts_setup.ABOUT_SETUP, show_setup, groups=False, action=Action.SET_RHYTHM, again=True),
    Command("about", texts_about.ABOUT_ABOUT, show_about, again=True),
    Command("suggest", texts_about.ABOUT_SUGGEST, suggest, groups=False, action=Action.SUGGEST),
    Command(
        "suggestions", texts_about.ABOUT_SUGGESTIONS, show_suggestions, groups=False, action=Action.SEE_SUGGESTIONS
    ),
    Command("outbox", texts_outbox.ABOUT_OUTBOX, show_outbox, groups=False, action=Action.SEE_OUTBOX),
    Command("facts", "", show_facts, groups=False, typed=False),
    Command("got", "", acknowledge, groups=False, typed=False),
    Command("remind", texts_preferences.ABOUT_REMIND, show_remind, groups=False, action=Action.SUBSCRIBE, again=True),
    Command("reminders", texts_personal.ABOUT_REMINDERS, show_reminders, groups=False, action=Action.SUBSCRIBE),
    Command("ics", texts_ics.ABOUT_ICS, send_calendar, groups=False, action=Action.SUBSCRIBE),
    Command("acks", texts_acknowledgements.ABOUT_ACKS, show_acks, groups=False, action=Action.SEE_RECEIPTS, again=True),
    Command("digest", "", buttons.show_digest, groups=False, again=True, typed=False),
    Command("ack", "", buttons.acknowledge, groups=False, typed=False),
    Command("fill", "", buttons.fill, groups=False, typed=False),
    Command("same", "", buttons.same, groups=False, typed=False),
    Command("later", "", buttons.later, groups=False, typed=False),
    Command("done", "", buttons.done, groups=False, typed=False),
    Command("press", "", press, groups=False, typed=False),
    Command(
        "projects",
        texts_projects.ABOUT_PROJECTS,
        show_projects,
        groups=False,
        action=Action.URGE_PROJECT,
        again=True,
    ),
    Command("urgeproject", "", urge_project, groups=False, typed=False),
    Command("urge", "", urge, groups=False, typed=False),
    Command("dislike", "", dislike, groups=False, typed=False),
    Command("keep", "", keep, groups=False, typed=False),
)
MENU = tuple(command for command in COMMANDS if command.action is None and command.typed)
"""What everybody may do."""
_BY_NAME = {command.name: command for command in COMMANDS}


def run_command(context: Context, name: str, rest: str, *, typed: bool = True) -> Call:
    """Do what `/name rest` asks; an unknown name is said to be so."""
    command = _BY_NAME.get(name.lower())
    if command is None or (typed and not command.typed):
        near = _near(context, name) if typed and not context.group else ()
        offers = [(one.about, f"/{one.name} {rest}".strip()) for one in near]
        return say(context, texts.misspelt(name, offers)) if near else sentence(context, texts.unknown_command(name))
    rest = in_codes(command.name, rest, PLACES)
    return command.run(replace(context, line=f"/{command.name} {rest}".strip()) if command.again else context, rest)


def _near(context: Context, name: str) -> tuple[Command, ...]:
    """What may have been meant: commands that the person may give."""
    mine = [one for one in COMMANDS if one.typed and (one.action is None or may(context.actor, one.action))]
    found = extract(name.lower(), [one.name for one in mine], scorer=ratio, score_cutoff=NEAR_NAME, limit=MOST_NEAR)
    return tuple(mine[place] for _, _, place in found)


def is_name(word: str) -> bool:
    """Whether it is the name of a command that can be typed."""
    return word in _BY_NAME and _BY_NAME[word].typed


def run_line(context: Context, line: str) -> Call:
    """Do what the line of a button or a prompt, like `/me 姓名`, says."""
    name, _, rest = line[1:].partition(" ")
    return run_command(context, name, rest.strip(), typed=False)


def is_known(line: str) -> bool:
    """Whether this version knows the line of a button: its command, and its codes."""
    name, _, rest = line[1:].partition(" ")
    return name in _BY_NAME and not has_unknown_code(name, rest.strip(), PLACES)


def _named(command: Command) -> tuple[str, str]:
    return command.name, command.about
