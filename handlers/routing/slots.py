"""What a sentence says besides its order: the unit, target, day and the like that the order's command line takes.

`filled("/invite", 邀请市住建局的联络员)` is `/invite liaison 市住建局`. A command takes its slots in their order, up to
the first that the words do not name, or name more than one of: for that the command asks.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from handlers.access.policy import IN_CHARGE
from handlers.broadcast.announcement_requests import announcement_line
from handlers.broadcast.codes import BulletinVerb
from handlers.office.card_orders import field_named
from handlers.office.codes import ALL_TARGETS, Field, MeetingVerb, OwnerVerb, RuleVerb, SupervisionVerb
from handlers.office.due_day import RULE as DUE
from handlers.office.texts_frequencies import EVERY_TARGET
from handlers.people.absence_requests import absence_days, stand_in_named
from handlers.people.people import MEMBER
from handlers.questions.codes import EVERYBODY
from handlers.reminders.codes import PreferenceVerb
from handlers.reports.codes import Step
from handlers.reports.guided import task_key
from handlers.reports.texts_sheets import ALL_UNITS
from handlers.routing import texts_slots as words
from handlers.routing.utterance import Utterance
from handlers.services.report_reader import subjects_named
from handlers.services.unit_lookup import find_section, units_named
from handlers.texts.reminder_rules import NAMES
from knowledge.language.dates.future import days_ahead
from knowledge.language.dates.grammar import find
from knowledge.language.dates.holiday_notice import UnreadError, read_notice
from knowledge.language.dates.quiet_hours import hours_named
from knowledge.language.dates.span import Grain, Tense
from knowledge.language.quantities.numerals import read_number
from knowledge.plan.key import EntryKey, EntryKind
from knowledge.reports.model import UpdateOutcome
from knowledge.standing.bulletin import BulletinKind, label_of
from storage.people import Role

Slot = Callable[[Utterance], tuple[str, ...]]
"""All that the words name of its kind, each as the command's line has it."""


def filled(line: str, said: Utterance) -> str:
    """The command's line, completed with what the words say; as it is where they say nothing more."""
    for slot in SLOTS.get(line, ()):
        found = slot(said)
        if len(found) != 1:
            break
        line = f"{line} {found[0]}"
    return line


def units_said(said: Utterance) -> tuple[str, ...]:
    """The units that are named; of a name that several share, each."""
    mentions = units_named(said.question_service, said.plan, said.cleaned)
    return tuple(dict.fromkeys(unit for mention in mentions for unit in mention.units))


def _subjects(said: Utterance) -> tuple[EntryKey, ...]:
    return subjects_named(said.question_service, said.cleaned)


def _subject(said: Utterance) -> tuple[str, ...]:
    return tuple(f"{one.task} {one.name}" for one in _subjects(said))


def _target(said: Utterance) -> tuple[str, ...]:
    return tuple(f"{one.task} {one.name}" for one in _subjects(said) if one.kind is EntryKind.TARGET)


def _project(said: Utterance) -> tuple[str, ...]:
    return tuple(one.name for one in _subjects(said) if one.kind is EntryKind.PROJECT)


def _subject_or_unit(said: Utterance) -> tuple[str, ...]:
    return _subject(said) or units_said(said)


def _units_together(said: Utterance) -> tuple[str, ...]:
    """Several are one answer where the command takes them all; none are everybody."""
    return ("、".join(units_said(said)) or EVERYBODY,)


def _unit_or_all(said: Utterance) -> tuple[str, ...]:
    return units_said(said) or ((ALL_UNITS,) if words.EVERY_UNIT.search(said.cleaned) else ())


def _number(said: Utterance) -> tuple[str, ...]:
    """Of a report or the like, by its sign or its measure word: #12, 12号, 第3条."""
    return tuple(dict.fromkeys(next(filter(None, found.groups())) for found in words.NUMBER.finditer(said.cleaned)))


def _numbered_or_subject(said: Utterance) -> tuple[str, ...]:
    return tuple(f"#{number}" for number in _number(said)) or _subject(said)


def _in_mind(said: Utterance) -> tuple[str, ...]:
    """What is named, else what a figure is asked for of, or the last question was about."""
    spoken_of = said.asked_about() or said.spoken_of()
    return _numbered_or_subject(said) or ((f"{spoken_of.task} {spoken_of.name}",) if spoken_of else ())


def _member(said: Utterance) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.findall(MEMBER, said.text)))


def _member_or_unit(said: Utterance) -> tuple[str, ...]:
    return _member(said) or units_said(said)


def _reason(said: Utterance) -> tuple[str, ...]:
    found = words.REASON.search(said.text)
    return (f"，{found['why'].strip()}",) if found else ()


def _figure(said: Utterance) -> tuple[str, ...]:
    """The report that the words are, else the target that a figure is to be asked for."""
    if said.report.outcome is UpdateOutcome.UNDERSTOOD:
        return (said.text,)
    library = said.question_service.library
    return tuple(f"{Step.FIGURE} {key}" for one in _subjects(said) if (key := task_key(one, library)))


def _invited(said: Utterance) -> tuple[str, ...]:
    """Whom, as far as it is said: the role, the unit, or both; of a leader the section."""
    role = next((role for role, name in words.ROLES if name.search(_without_units(said))), "")
    scope = (*units_said(said), *(_section(said) if role in IN_CHARGE else ()))
    whose = scope[0] if len(scope) == 1 else ""
    if role is Role.CONTACT:
        projects = _project(said)
        whose = f"{projects[0]} {whose}" if whose and len(projects) == 1 else ""
    whom = f"{role} {whose}".strip()
    return (whom,) if whom else ()


def _without_units(said: Utterance) -> str:
    text = said.cleaned
    for mention in reversed(units_named(said.question_service, said.plan, text)):
        text = f"{text[: mention.start]} {text[mention.end :]}"
    return text


def _section(said: Utterance) -> tuple[str, ...]:
    """The number of the one that is named by it, or by its title."""
    numbered = words.SECTION.findall(said.cleaned)
    titles = (
        name
        for (plan, _), one in said.question_service.library.sections.items()
        if plan == said.plan
        for name in (one.title, *one.names)
        if name in said.text
    )
    found = (find_section(said.question_service, said.plan, name) for name in (*numbered, *titles))
    return tuple(dict.fromkeys(str(number) for number in found if number))


def _moment(said: Utterance) -> tuple[str, ...]:
    """When and where a meeting is to be; of one that is moved, where it is moved to: 从12号改到14号."""
    text = said.cleaned
    for moved in reversed([found.end() for found in words.MOVED_TO.finditer(text)]):
        if days_ahead(text[moved:], said.now):
            text = text[moved:]
            break
    found = days_ahead(text, said.now)
    return (words.without_end(text[found[0].start :]),) if found else ()


def _day(said: Utterance) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.day.isoformat() for one in days_ahead(said.cleaned, said.now)))


def _day_or_weeks(said: Utterance) -> tuple[str, ...]:
    found = words.WEEKS.search(said.cleaned)
    return (found[0],) if found else _day(said)


def _days(said: Utterance) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(absence_days(said.cleaned, said.cleaned, said.now.date())),)))


def _stand_in(said: Utterance) -> tuple[str, ...]:
    return tuple(filter(None, (stand_in_named(said.cleaned),)))


def _handed_over(said: Utterance) -> tuple[str, ...]:
    """The one whose roles they are, by number or as they are called; nobody where they are the speaker's own."""
    found = words.HANDED_OVER.search(said.cleaned)
    return _member(said) or tuple(filter(None, found.groups() if found else ()))


def _written_down(said: Utterance) -> tuple[str, ...]:
    """The unit that is named first, with how its word came and, where they are read as a report, the words."""
    units = next((mention.units for mention in units_named(said.question_service, said.plan, said.cleaned)), ())
    if len(units) != 1:
        return ()
    source = next((name for name, shown in words.SOURCES if shown.search(said.text)), "")
    if said.report.outcome is UpdateOutcome.NOT_UPDATE:
        return units
    return (f"{units[0]}{source}报：{said.text}" if source else f"{units[0]} {said.text}",)


def _numbered_or_subject_or_unit(said: Utterance) -> tuple[str, ...]:
    return _numbered_or_subject(said) or units_said(said)


def _notice(said: Utterance) -> tuple[str, ...]:
    """The days that are off or worked, as they were typed."""
    try:
        return (said.text,) if read_notice(said.text, said.now.date()).spans else ()
    except UnreadError:
        return ()


def _from_to(said: Utterance) -> tuple[str, ...]:
    """From the first day to the last."""
    spans = find(said.cleaned, said.now.date(), Tense.FUTURE).spans
    return (said.cleaned[spans[0].start : spans[-1].end],) if spans else ()


def _months(said: Utterance) -> Iterator[date]:
    for span in find(said.cleaned, said.now.date(), Tense.PAST).spans:
        if span.days.grain is Grain.MONTH:
            ahead = span.first > said.now.date() and span.days.open is not None
            yield span.first.replace(year=span.first.year - ahead)


def _month(said: Utterance) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{first:%Y-%m}" for first in _months(said)))


def _label(said: Utterance) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label_of(BulletinKind.MONTHLY, first) for first in _months(said)))


def _field(said: Utterance) -> tuple[str, ...]:
    """With what it is to be, where that is one of a few, or a unit."""
    field = field_named(said.cleaned)
    if field is None:
        return ()
    value = {Field.OWNER: units_said, Field.CERTIFIER: units_said, Field.FREQUENCY: frequency_said}.get(field)
    found = value(said) if value else ()
    return (f"{field} {found[0]}" if len(found) == 1 else field,)


def frequency_said(said: Utterance) -> tuple[str, ...]:
    return tuple(one for one, shown in words.FREQUENCIES if shown.search(said.cleaned))


def _whose_frequency(said: Utterance) -> tuple[str, ...]:
    """How often, of the target or the unit that is named, or of all of them."""
    often = frequency_said(said)
    whose = _target(said) or units_said(said)
    if not whose and re.search(EVERY_TARGET, said.cleaned):
        whose = (ALL_TARGETS,)
    return tuple(f"{one} {often[0]}" for one in whose) if len(often) == 1 else ()


def _owner_page(said: Utterance) -> tuple[str, ...]:
    """Of the target that is named, else by the paper that is."""
    if not _target(said) and (paper := words.PAPER.search(said.text)):
        return (f"{OwnerVerb.PAPER} {paper[0]}",)
    return tuple(f"{OwnerVerb.OF} {target}" for target in _target(said))


def _supervised(said: Utterance) -> tuple[str, ...]:
    units = units_said(said)
    verb = SupervisionVerb.OFF if words.SPARED.search(said.cleaned) else SupervisionVerb.ON
    named = words.SPARED.search(said.cleaned) or words.LISTED_AGAIN.search(said.cleaned)
    return (f"{verb} {units[0]}",) if named and len(units) == 1 else ()


def _rule(said: Utterance) -> tuple[str, ...]:
    """The rule that is named, or the day that figures are to be due on."""
    if found := words.DUE_DAY.search(said.cleaned):
        day = read_number(next(filter(None, found.groups())))
        return (f"{DUE} {RuleVerb.DAY} {int(day)}",) if day else ()
    return _rule_named(said)


def _rule_named(said: Utterance) -> tuple[str, ...]:
    return tuple(key for key, name in NAMES.items() if name in said.text)


def _preference(said: Utterance) -> tuple[str, ...]:
    """Hours without reminders, or a task that is to be left out."""
    text = said.cleaned
    if words.QUIET.search(text) and (hours := hours_named(text)):
        return (f"{PreferenceVerb.QUIET} {hours}",)
    if words.MUTED.search(text):
        return tuple(f"{PreferenceVerb.MUTE} {one}" for one in dict.fromkeys(one.task for one in _subjects(said)))
    return ()


def _contact(said: Utterance) -> tuple[str, ...]:
    """A telephone number, as the field that it is of."""
    return tuple(f"{field} {found[0]}" for field, shown in words.TELEPHONES if (found := shown.search(said.text)))


def _announced(said: Utterance) -> tuple[str, ...]:
    line = announcement_line(said.text, said.cleaned, said.question_service, said.plan)
    if line is None:
        found = words.SPOKEN_TO_ALL.match(said.text)
        return (found["what"],) if found else ()
    return tuple(filter(None, (line.removeprefix("/announce").strip(),)))


def _suggested(said: Utterance) -> tuple[str, ...]:
    return (said.text,) if words.MARK.search(said.text) else ()


_UNIT = (units_said,)
SLOTS: Mapping[str, tuple[Slot, ...]] = {
    "/report": (_figure,),
    "/owed": _UNIT,
    "/urge": (_units_together,),
    "/units": _UNIT,
    "/people": (_member_or_unit,),
    "/sheet": (_unit_or_all,),
    "/signer": _UNIT,
    "/invite": (_invited,),
    "/revoke": (_number,),
    "/history": (_in_mind,),
    "/check": (_numbered_or_subject,),
    "/return": (_numbered_or_subject_or_unit, _reason),
    "/withdraw": (_numbered_or_subject,),
    "/behalf": (_written_down,),
    "/evidence": (_number,),
    "/excuse": (_number,),
    "/receipts": (_number,),
    "/problems": (_subject_or_unit,),
    "/moves": (_subject_or_unit,),
    "/halfyear": (_subject_or_unit,),
    "/brief": (_section,),
    "/urgeproject": (_project,),
    "/card": (_target, _field),
    "/frequency": (_whose_frequency,),
    "/owners": (_owner_page,),
    f"/owners {OwnerVerb.OF}": (_target,),
    f"/owners {OwnerVerb.WHO}": (_target,),
    "/supervision": (_supervised,),
    f"/supervision {SupervisionVerb.OFF}": _UNIT,
    f"/supervision {SupervisionVerb.ON}": _UNIT,
    "/rules": (_rule,),
    "/preview": (_rule_named,),
    "/calendar": (_day_or_weeks,),
    "/holidays": (_notice,),
    "/meeting": (_moment,),
    f"/meeting {MeetingVerb.CANCEL}": (_day,),
    "/period": (_from_to,),
    "/ledger": (_month,),
    "/bulletin": (_label,),
    f"/bulletin {BulletinVerb.DRAFT} {BulletinKind.MONTHLY}": (_label,),
    "/announce": (_announced,),
    "/suggest": (_suggested,),
    "/away": (_days, _stand_in),
    "/remind": (_preference,),
    "/me": (_contact,),
    "/handover": (_handed_over,),
    **dict.fromkeys(("/remove", "/lock", "/unlock", "/cityleader"), (_member,)),
}
"""By the line as it stands before them; a line that is none of these takes nothing."""
