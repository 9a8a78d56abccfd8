"""The sentences of answers: an Answer value becomes a Reply. The answer first, the evidence last."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import singledispatch

from handlers.questions.texts_aliases import used
from handlers.questions.texts_declined import declined_reply
from handlers.questions.texts_phrases import named_targets_reply, phrases_reply
from handlers.questions.texts_progress import (
    beside,
    cards_reply,
    listed_reply,
    progress_reply,
    ranked_reply,
    reason_reply,
    reported_reply,
)
from handlers.questions.texts_says import says_reply
from handlers.questions.texts_sets import set_reply
from handlers.questions.texts_targets import count_targets_reply, days_reply, figure_reply, holds_reply, targets_reply
from handlers.questions.texts_tasks import (
    compare_reply,
    count_tasks_reply,
    sections_reply,
    tasks_reply,
    units_reply,
)
from handlers.questions.texts_things import things_reply
from handlers.questions.texts_unreported import unreported_reply
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.samples import all_kinds, help_lines
from knowledge.entities.library import Library
from knowledge.language.normalize import clean
from knowledge.questions.answer import Answer, Outcome
from knowledge.questions.query import OF_PROGRESS, Query, Want
from storage.rich_text import plain_text

_BUTTONS = 6
_SHOWN = 16
"""Characters of what was not used."""
_PLACES = "出处："


@singledispatch
def render(answer: Answer, library: Library) -> Reply:
    """The message for one answer, before paging; an answer of another class may bring a way of its own."""
    if answer.parts:
        return _joined([render(part, library) for part in answer.parts])
    if answer.outcome is not Outcome.ANSWERED or answer.query is None:
        return declined_reply(answer, library)
    reply = _way_of(answer, answer.query)(answer, library)
    if answer.query.want not in OF_PROGRESS and answer.query.due is None:
        reply = beside(reply, answer, library)
    heard = tuple(typeset(f"按“{h.meant}”理解。") for h in dict.fromkeys(answer.heard) if h.said and h.said != h.meant)
    heard += (
        *_by_the_office(answer, library),
        *(typeset(f"没有用到“{one[:_SHOWN]}{'…' if len(one) > _SHOWN else ''}”。") for one in answer.unused),
    )
    others = tuple(Button(f"是问：{c.label}", c.message) for c in answer.detail.get("instead", ()))
    return replace(
        reply,
        blocks=(*heard, *reply.blocks),
        opens=_moved(reply.opens, len(heard)),
        buttons=(*others, *reply.buttons)[:_BUTTONS],
    )


def _moved(opens: Mapping[int, Button], by: int) -> dict[int, Button]:
    """As other blocks stand before them."""
    return {place + by: button for place, button in opens.items()}


def _by_the_office(answer: Answer, library: Library) -> tuple[str, ...]:
    """The names in the question that the office added, and that the answer rests on."""
    added = [alias for _, gazetteer in library.shelves for alias in gazetteer.added]
    said, about = clean(answer.question) if added else "", answer.about
    meant = {*about.units, *about.tasks, *about.clauses}
    return tuple(typeset(used(one)) for one in added if clean(one.said) in said and (one.owner or one.name) in meant)


def _joined(replies: list[Reply]) -> Reply:
    first, *rest = replies
    blocks = list(first.blocks)
    head = first.head
    subject, colon, _ = plain_text(first.head).partition("：")
    said = {first.head}
    for reply in rest:
        own, _, tail = plain_text(reply.head).partition("：")
        if reply.head in said:  # 目标多少，什么时候完成: one sentence answers both
            blocks += reply.blocks
        elif colon and own == subject:  # 5G基站：首列市科经局；700个以上
            head = bold(f"{plain_text(head)}；{tail}")
            blocks += reply.blocks
        else:
            blocks += [reply.head, *reply.blocks]
        said.add(reply.head)
    buttons = dict.fromkeys(button for reply in replies for button in reply.buttons)
    return Reply(
        head=head,
        blocks=tuple(dict.fromkeys(blocks)),
        foot=_one_foot(dict.fromkeys(plain_text(reply.foot) for reply in replies if reply.foot)),
        buttons=tuple(buttons)[:_BUTTONS],
    )


def _one_foot(feet: Iterable[str]) -> str:
    """Where it all stands in the plan, in one line."""
    places = [foot.removeprefix(_PLACES) for foot in feet]
    return f"{_PLACES}{'；'.join(places)}" if places else ""


def _way_of(answer: Answer, query: Query) -> Callable[[Answer, Library], Reply]:
    if "phrases" in answer.detail:
        return phrases_reply
    if "in_tasks" in answer.detail:
        return named_targets_reply
    return set_reply if query.members or query.claim else _BY_WANT[query.want]


def _talk(head: str, *lines: str) -> Callable[[Answer, Library], Reply]:
    return lambda _answer, library: reply_of(head, list(lines), "", [(one, one) for one in all_kinds(library)])


def _help(_answer: Answer, library: Library) -> Reply:
    return reply_of("可以这样问我", help_lines(library), "", [(one, one) for one in all_kinds(library)])


_BY_WANT: dict[Want, Callable[[Answer, Library], Reply]] = {
    Want.TASKS: tasks_reply,
    Want.UNITS: units_reply,
    Want.TARGETS: targets_reply,
    Want.DEADLINE: targets_reply,
    Want.DAYS: days_reply,
    Want.COUNT_TASKS: count_tasks_reply,
    Want.COUNT_UNITS: units_reply,
    Want.COUNT_TARGETS: count_targets_reply,
    Want.COUNT_SECTIONS: sections_reply,
    Want.HOLDS: holds_reply,
    Want.FIGURE: figure_reply,
    Want.SAYS: says_reply,
    Want.THINGS: things_reply,
    Want.COMPARE: compare_reply,
    Want.PROGRESS: progress_reply,
    Want.REASON: reason_reply,
    Want.LIGHTS: listed_reply,
    Want.BEHIND: listed_reply,
    Want.RANKED: ranked_reply,
    Want.UNREPORTED: unreported_reply,
    Want.REPORTED: reported_reply,
    Want.CARD: cards_reply,
    Want.HELLO: _talk("您好,我是督办助手。", "可以问我方案里的任务、责任单位、目标和期限。"),
    Want.THANKS: _talk("不客气。", "还想问什么,直接发给我。"),
    Want.HELP: _help,
}
