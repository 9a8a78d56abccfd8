"""`duban explain`: what a message is taken for in chat, by the same table, and how a question is read."""

from datetime import date, datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from bot.commands.ask import BAD_PLAN, load_service
from bot.texts import shell as texts
from handlers.access.policy import Actor
from handlers.access.service import Service
from handlers.routing.decision import Decision, decide
from handlers.routing.intents import TABLE
from handlers.routing.utterance import Utterance
from handlers.services.clock import PlanClock
from handlers.services.question_service import Asker, QuestionService
from handlers.services.red_lines import stored
from handlers.texts.rights import ROLES
from knowledge.entities.library import Library
from knowledge.questions.answering.set_phrasing import set_text
from knowledge.questions.context import Reading
from knowledge.questions.query import Query
from knowledge.questions.sets.changes import sets_of
from storage.people import Grant, Role

_LIKELIEST = 3


def explain(question: str, *, plan: str | None = None, who: str | None = None, today: date | None = None) -> int:
    """Show what a message is taken for, and of what is a question the rule, what each part took, and the runner-up."""
    question_service = load_service(plan)
    if question_service is None:
        return BAD_PLAN
    console = Console()
    said = typed_by(who, question, question_service, today)
    for decision in decide(said, TABLE):
        _print_decision(decision, console)
        if decision.scores:
            asker = Asker(said.now.date(), None if who in ROLES.values() else who)
            for reading in question_service.explain(decision.utterance.text, asker):
                _print_reading(reading, question_service, console)
    return 0


def typed_by(who: str | None, text: str, question_service: QuestionService, today: date | None = None) -> Utterance:
    """A message as a private chat would get it from a unit's liaison or from somebody in a role, else a visitor's."""
    now = PlanClock().now()
    return Utterance(
        text=stored(text).strip(),
        question_service=question_service,
        now=datetime.combine(today or now.date(), now.time(), tzinfo=now.tzinfo),
        actor=_actor(who, question_service.library),
    )


def _actor(who: str | None, library: Library) -> Actor:
    service = Service(internal=True)
    if who is None:
        return Actor(member=None, service=service)
    plan = library.plans[0].name
    role = next((role for role, name in ROLES.items() if name == who), None)
    grant = Grant(role, plan) if role else Grant(Role.LIAISON, plan, library.own_unit(who) or who)
    return Actor(member=0, grants=(grant,), service=service)


def _print_decision(decision: Decision, console: Console) -> None:
    console.print(f"[bold]{escape(decision.utterance.text)}[/]", highlight=False)
    table = Table(*texts.DECISION_COLUMNS, box=None, padding=(0, 2), header_style="dim")
    for gate, found in decision.gates:
        table.add_row(gate.name, texts.IS_NOT if found is None else texts.IS)
    for intent, score in decision.scores:
        table.add_row(intent.name, str(score))
    console.print(table)
    second = decision.runner_up.name if decision.runner_up else None
    console.print(texts.winner_line(decision.winner.name, second), highlight=False)
    likeliest = decision.utterance.likelihoods[:_LIKELIEST]
    console.print(texts.likely_line({one.label: one.probability for one in likeliest}), highlight=False)
    if decision.between:
        console.print(texts.asked_back_line(*(intent.name for intent in decision.between)), highlight=False)


def _form_line(reading: Reading) -> str:
    if reading.of_set and isinstance(reading.meant, Query):
        return texts.set_line("；".join(map(set_text, sets_of(reading.meant))))
    return texts.rule_line(reading.rule.name if reading.rule else None)


def _print_reading(reading: Reading, question_service: QuestionService, console: Console) -> None:
    console.print(f"[bold]{escape(reading.text)}[/]", highlight=False)
    console.print(_form_line(reading), highlight=False)
    if reading.piece is not None:
        table = Table(*texts.PART_COLUMNS, box=None, padding=(0, 2), header_style="dim")
        for match in reading.piece.cover:
            for word in match.words:
                table.add_row(
                    match.text, texts.SENSES[word.sense], word.key, texts.HOWS[match.how], f"{match.score:.2f}"
                )
        console.print(table)
    hits = question_service.hits(reading)
    if hits:
        table = Table(*texts.HIT_COLUMNS, box=None, padding=(0, 2), header_style="dim")
        for hit in hits:
            table.add_row(hit.entry.owner.id, hit.entry.name, hit.surface, f"{hit.score:.2f}", f"{hit.said:.2f}")
        console.print(table)
    console.print(texts.meaning_line(repr(reading.meant)), highlight=False, soft_wrap=True)
    for one, line in ((reading, texts.evidence_line), (reading.runner_up, texts.runner_up_line)):
        if one is not None and one.evidence is not None:
            counts = {texts.FEATURES[feature]: count for feature, count in one.evidence.counts.items()}
            console.print(line(one.text, counts, one.evidence.cost), highlight=False)
