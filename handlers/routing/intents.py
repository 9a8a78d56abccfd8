"""The one table of what a message can be; chat and `duban explain` both decide by it (handlers.routing.decision)."""

import re
from dataclasses import replace
from functools import partial

from handlers.access.policy import Action, Resource, may, refusal
from handlers.chat.authorize import note
from handlers.chat.context import Context, sentence
from handlers.chat.conversation import say
from handlers.chat.outgoing import Call
from handlers.home.home import with_home
from handlers.home.texts import opened
from handlers.office.spoken_opinions import hear_opinion, holds_opinion, nothing_asked_of
from handlers.office.texts_spoken_opinions import OPINION
from handlers.people.onboarding import join_by_paste, pasted_code
from handlers.people.texts import in_charge_of_nothing
from handlers.progress.standings import charge_of
from handlers.questions.handler import answer, ask
from handlers.questions.personal_matters import is_complaint, is_personal_matter, show_whom_to_call
from handlers.questions.texts_personal_matters import COMPLAINT, ENTERPRISE, OWN
from handlers.reminders.personal import set_reminder, set_reminder_again
from handlers.reports import texts_on_behalf
from handlers.reports.proposal import propose
from handlers.reports.resolutions import hear_settled, none_to_settle
from handlers.reports.texts_resolutions import SETTLED
from handlers.routing import texts_intents as texts
from handlers.routing import texts_likely_orders as likely
from handlers.routing.commands import run_command, run_line
from handlers.routing.decision import Gate, Intent, IntentTable
from handlers.routing.likely_orders import LIKELY as LIKELY_AT_ALL
from handlers.routing.likely_orders import SURE as SURE_ORDER
from handlers.routing.likely_orders import SURER, LikelyOrder, offers, plain_order, probability_of, sure_order
from handlers.routing.orders import CHANGE, ONE_WAY, ORDERS, intent_of
from handlers.routing.other_requests import (
    is_no_name,
    is_objection,
    is_plain_question,
    is_plain_reminder,
    is_plain_report,
    surely,
)
from handlers.routing.texts_command_words import LINES
from handlers.routing.texts_prompts import called_off, is_with_reason
from handlers.routing.typed_buttons import rule_line
from handlers.routing.utterance import Utterance
from handlers.services.question_service import AnsweredQuestion
from handlers.services.red_lines import RedLine, taken_out
from handlers.texts import red_lines as refusal_texts
from handlers.texts.reply import Reply
from handlers.texts.rights import refused
from knowledge.questions.answer import Outcome, Why
from knowledge.reminders.request import ASKS
from knowledge.reports.model import UpdateKind, UpdateOutcome
from knowledge.reports.speech_acts import QUESTION
from storage.drafts import draft_of_message
from storage.people import Role
from storage.reports import of_draft

OF_UNIT, CHARGE, SURE, LIKELY, UNCLEAR, ELSE = 74, 70, 60, 55, 50, 30
"""Below what is one thing only: what a unit says of owners, 我分管 in any sentence, a report read wholly, what likely
is an order of the house, a report read in part, the rest."""

OF_FIGURES = ("/report", "/fill", "/evidence", "/behalf")
"""What asks for a figure or a file: no order can be its answer."""
FILES_ONLY = "/evidence"
"""What is answered by a picture or a document: of words, those that are nothing else are told so."""

_OF_REPORTS = {likely.NO_CHANGE, likely.WRONG, likely.WITHDRAW}
"""Orders whose words are reasons, too."""

_IN_CHARGE = re.compile("我(?:所|来|负责)?分管")


def _button(said: Utterance) -> str | None:
    """The line of the button that the words are; while anything but a report is asked for, only of a whole command."""
    if not said.prompt or said.prompt.startswith(("/report", "/fill")):
        return said.button
    return LINES.get(said.word)


def refuse(context: Context, reason: RedLine) -> Call:
    """What the door has taken out of the update; of the message only its number and the reason are kept.

    Of what somebody brings against a person in office nothing is: who said it is as much a secret as what.
    """
    if reason is RedLine.CASE:
        return sentence(context, refusal_texts.of_a_case())
    note(context, context.actor, "refuse", f"message:{context.message}", {"reason": reason.value})
    return say(context, refusal_texts.refused(reason))


def _called_off(said: Utterance) -> str | None:
    """The prompt that the words call off."""
    return said.prompt if said.prompt and texts.NEVER_MIND.shows(said.word) else None


def _answer_to_prompt(said: Utterance) -> str | None:
    """The line that goes on with what the bot has asked for; what surely is something else leaves it."""
    if not said.prompt or is_no_name(said) or (said.prompt.startswith(FILES_ONLY) and _is_understood(said)):
        return None
    rows: tuple[Gate | Intent, ...] = (*PART_GATES, *INTENTS)
    return None if any(row.surely(said) for row in rows) else f"{said.prompt} {said.text}"


def _is_understood(said: Utterance) -> bool:
    """As a report or a question."""
    is_report = said.report.outcome is UpdateOutcome.UNDERSTOOD
    return is_report or said.question.answer.outcome is not Outcome.DECLINED


def _ask(context: Context, said: Utterance) -> Call:
    """What was not understood and surely is small talk is answered as a greeting."""
    if probability_of(said, likely.GREETING) >= SURE_ORDER and said.question.answer.outcome is Outcome.DECLINED:
        return ask(context, texts.GREETING)
    return ask(context, said.text, cleaned=said.cleaned, unread=partial(with_home, context, partial(offers, said)))


def _of_likely(said: Utterance) -> int:
    """What can be answered as a question must be an order all the more surely, and what is another's to give is none
    where the words can be anything else, but what is plain."""
    order = _likely_order(said)
    if order is None or not (order.own or plain_order(said) or _is_nothing_else(said)):
        return 0
    if order.line.startswith("/ask") and said.question.answer.why is Why.NO_PROGRESS:
        return 0  # of progress itself, to who may see it: 3月谁没报 says more than 谁没报
    return LIKELY if order.probability >= SURER or not _is_read(said.question) else 0


def _likely_order(said: Utterance) -> LikelyOrder | None:
    """Of who has no role, and in groups, only what is plain, and no question."""
    if said.actor.member is not None and may(said.actor, Action.SUBSCRIBE):
        return sure_order(said)
    order = plain_order(said)
    return None if order is None or order.line.startswith("/ask") else order


def _is_plain_order(said: Utterance) -> bool:
    """Where a figure, a file, a reason or a list is asked for; what is said of reports may be what is answered. Where
    any words may be typed, only what asks."""
    order = plain_order(said)
    if order is None:
        return False
    if is_with_reason(said.prompt):
        return order.said not in _OF_REPORTS and not is_objection(said)
    if said.prompt.startswith(OF_FIGURES):
        return order.said != likely.NO_CHANGE
    return QUESTION.shows(said.cleaned)


def _is_nothing_else(said: Utterance) -> bool:
    may_be_report = may(said.actor, Action.REPORT) and said.report.outcome is not UpdateOutcome.NOT_UPDATE
    return not may_be_report and said.question.answer.outcome is not Outcome.ANSWERED


def _is_read(answered: AnsweredQuestion) -> bool:
    """Whether each name was said as it stands: what was only taken for one proves nothing."""
    found = answered.answer
    return found.outcome is Outcome.ANSWERED and all(one.said == one.meant for one in found.heard)


def _open_likely(context: Context, said: Utterance) -> Call:
    """Its page or card; of this person, after what was spoken of, the words may be a question."""
    order = _likely_order(said)
    if order is None:
        return _ask(context, said)
    if order.probability < SURER and _is_read(answer(context, said.text, context.memory, cleaned=said.cleaned)):
        return _ask(context, said)
    below = context.below if order.probability >= SURER else opened(order.said, context.below)
    return run_line(replace(context, below=below), order.line)


def _line_of_likely(said: Utterance) -> str:
    order = _likely_order(said)
    return order.line if order else _line_of_question(said)


def _of_rule(said: Utterance) -> int:
    """Only the office means a rule; to others it is a question."""
    sets = rule_line(said.text) and may(said.actor, Action.SET_RHYTHM, Resource(plan=said.plan))
    return CHANGE if sets else 0


def _of_charge(said: Utterance) -> int:
    """A leader's own charge is a question."""
    speaks_of_it = _IN_CHARGE.search(said.cleaned) is not None
    return CHARGE if speaks_of_it and not charge_of(said.actor, said.question_service.library) else 0


def _of_report(said: Utterance) -> int:
    """What reads as a report and is an order all the more surely asks for one: 请督促五洲特纸报送最新进展.

    Of somebody who may make none only a figure, a state or a problem is one, which nothing else explains.
    """
    outcome = said.report.outcome
    noted = all(update.kind is UpdateKind.NOTE for update in said.report.updates)
    if may(said.actor, Action.REPORT):
        if outcome is UpdateOutcome.UNDERSTOOD and sure_order(said, SURE_ORDER if noted else SURER):
            return UNCLEAR
        return {UpdateOutcome.UNDERSTOOD: SURE, UpdateOutcome.CLARIFY: UNCLEAR, UpdateOutcome.NOT_UPDATE: 0}[outcome]
    if outcome is not UpdateOutcome.UNDERSTOOD or noted or sure_order(said):
        return 0
    if said.question.answer.outcome is not Outcome.DECLINED:
        return 0
    return SURE if probability_of(said, likely.REPORT) >= LIKELY_AT_ALL else 0


def _report(context: Context, said: Utterance) -> Call:
    if why := refusal(context.actor, Action.REPORT):
        buttons = (texts_on_behalf.OFFERED,) if may(context.actor, Action.RECORD_ON_BEHALF) else ()
        return say(context, Reply(head=refused(why, context.services.me.link), buttons=buttons))
    return propose(context, said.text, said.report)


def _report_again(context: Context, said: Utterance) -> Call | None:
    if context.message is None or not may(context.actor, Action.REPORT):
        return None
    before = draft_of_message(context.session, chat_id=context.chat, message_id=context.message)
    corrected = of_draft(context.session, before[0]) if before else ()
    return propose(context, said.text, said.report, corrected=corrected)


def _line_of_rule(said: Utterance) -> str:
    return rule_line(said.text) or "/rules"


def _line_of_question(said: Utterance) -> str:
    return f"/ask {said.text}"


def _of_settled(said: Utterance) -> int:
    return ONE_WAY if SETTLED.shows(said.cleaned) and may(said.actor, Action.SETTLE_PROBLEM) else 0


def _settle(context: Context, said: Utterance) -> Call:
    """黑臭水体的问题解决了 is progress where no problem of it is open."""
    call = hear_settled(context, _settled(said))
    if call is not None:
        return call
    return propose(context, said.text, said.report) if _of_report(said) == SURE else none_to_settle(context)


def _settled(said: Utterance) -> str:
    """What the problem was about, as it was said; empty where it was not."""
    found = SETTLED.find(said.cleaned)
    return next(filter(None, found.groups()), "") if found else ""


def _of_opinion(said: Utterance) -> int:
    """Of a unit's own people."""
    of_unit = any(grant.role in (Role.HEAD, Role.LIAISON) for grant in said.actor.grants)
    return OF_UNIT if of_unit and holds_opinion(said.text, said.cleaned) else 0


def _hear_opinion(context: Context, said: Utterance) -> Call:
    return hear_opinion(context, said.text) or nothing_asked_of(context)


def _of_personal_matter(said: Utterance) -> int:
    """Of what does not complain, a report of somebody who may make one is none: 污水管漏了, 正在抢修."""
    if is_complaint(said.cleaned) or probability_of(said, likely.COMPLAINT) >= SURE_ORDER:
        return ONE_WAY
    if not (is_personal_matter(said.cleaned) or _is_likely_matter(said)) or _of_likely(said):
        return 0
    reports = may(said.actor, Action.REPORT) and said.report.outcome is UpdateOutcome.UNDERSTOOD
    return 0 if reports else ONE_WAY


def _is_likely_matter(said: Utterance) -> bool:
    """Of a visitor, who gives no orders, what the plan does not answer is rather a matter of their own."""
    found = probability_of(said, likely.COMPLAINT, likely.OWN_MATTER)
    if said.actor.member is not None or found < LIKELY_AT_ALL:
        return found >= SURE_ORDER
    return said.question.answer.outcome is Outcome.DECLINED


def _show_whom_to_call(context: Context, said: Utterance) -> Call:
    found = probability_of(said, likely.COMPLAINT)
    complains = found >= LIKELY_AT_ALL and found > probability_of(said, likely.OWN_MATTER)
    return show_whom_to_call(context, said.cleaned, said.question.answer, complains=complains)


GATES = (
    Gate(
        name=texts.COMMAND,
        find=lambda said: said.command,
        run=lambda context, _said, command: run_command(context, *command),
        samples=texts.OF_COMMAND,
    ),
    Gate(
        name=texts.CODE,
        find=lambda said: pasted_code(said.text, said.actor),
        run=lambda context, _said, text: join_by_paste(context, text),
        samples=texts.OF_CODE,
        groups=False,
    ),
    Gate(
        name=texts.CALLED_OFF,
        find=_called_off,
        run=lambda context, _said, prompt: say(context, called_off(prompt)),
        groups=False,
        of_prompt=True,
    ),
    Gate(
        name=texts.BUTTON,
        find=_button,
        run=lambda context, _said, line: run_line(context, line),
        samples=texts.OF_BUTTON,
        groups=False,
    ),
    Gate(
        name=texts.RED_LINE,
        find=lambda said: taken_out(said.text),
        run=lambda context, _said, reason: refuse(context, reason),
        samples=texts.OF_RED_LINE,
    ),
    Gate(
        name=texts.PROMPT,
        find=_answer_to_prompt,
        run=lambda context, _said, line: run_line(context, line),
        groups=False,
        of_prompt=True,
    ),
)
PART_GATES = (
    Gate(
        name=texts.REMINDER,
        find=lambda said: said.reminder,
        surely=is_plain_reminder,
        run=lambda context, said, wanted: set_reminder(context, said.text, wanted),
        again=lambda context, said, wanted: set_reminder_again(context, said.text, wanted),
        samples=ASKS.examples,
    ),
)
INTENTS: tuple[Intent, ...] = (
    *map(intent_of, ORDERS),
    Intent(
        name=texts.RULE,
        score=_of_rule,
        run=lambda context, said: run_line(context, _line_of_rule(said)),
        line=_line_of_rule,
        samples=texts.OF_RULE,
    ),
    Intent(
        name=texts.SETTLED,
        score=_of_settled,
        surely=surely(_of_settled),
        run=_settle,
        line=lambda _said: "/problems",
        samples=SETTLED.examples,
    ),
    Intent(
        name=texts.OPINION,
        score=_of_opinion,
        run=_hear_opinion,
        line=lambda _said: "/ownership",
        samples=OPINION.examples,
    ),
    Intent(
        name=texts.PERSONAL_MATTER,
        score=_of_personal_matter,
        run=_show_whom_to_call,
        line=_line_of_question,
        samples=(*COMPLAINT.examples, *ENTERPRISE.examples, *OWN.examples),
        again=_show_whom_to_call,
        groups=True,
    ),
    Intent(
        name=texts.CHARGE,
        score=_of_charge,
        surely=surely(_of_charge),
        run=lambda context, _said: say(context, in_charge_of_nothing(bound=context.actor.member is not None)),
        line=_line_of_question,
        samples=texts.OF_CHARGE,
    ),
    Intent(
        name=texts.REPORT,
        score=_of_report,
        surely=is_plain_report,
        run=_report,
        line=lambda said: f"/report {said.text}",
        samples=texts.OF_REPORT,
        again=_report_again,
    ),
    Intent(
        name=texts.LIKELY,
        score=_of_likely,
        surely=surely(_is_plain_order),
        run=_open_likely,
        line=_line_of_likely,
        samples=texts.OF_LIKELY,
        groups=True,
    ),
    Intent(
        name=texts.QUESTION,
        score=lambda _said: ELSE,
        surely=is_plain_question,
        run=_ask,
        line=_line_of_question,
        samples=texts.OF_QUESTION,
        groups=True,
    ),
)
TABLE = IntentTable(gates=GATES, part_gates=PART_GATES, intents=INTENTS)
