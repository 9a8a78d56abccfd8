"""Answers on words of the plan's own text: which tasks hold them, and which word stood there."""

from collections.abc import Iterator
from dataclasses import replace

from handlers.texts.heading import reply_of, subject_text, term_text, title_of
from handlers.texts.plan import target_line
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.entities.phrases import OF_CONTENT, FoundPhrase
from knowledge.plan.text_index import TextKind
from knowledge.questions.answer import Answer
from knowledge.questions.answering.phrase_answers import PhraseDetail
from knowledge.questions.query import Query, Want
from knowledge.questions.quoting import as_said

_BUTTONS = 3
_ALL = "(全文检索,已全部列出)"
_LISTED = "(按任务清单查,没有查原文)"
_ELSEWHERE = {TextKind.UNITS: "责任单位名单", TextKind.DOCUMENT: "文件首部、各级标题"}
_SHORT = 8  # places of an answer that are listed one by one


def phrases_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    detail: PhraseDetail = answer.detail["phrases"]
    found = [one for ways in detail.found for one in ways]
    lines = [f"没有用到“{'”“'.join(query.unused)}”。"] if query.unused else []
    lines += ["次数没有统计,下面是写到的各处。"] if query.times else []
    lines += [note for one in found for note in _notes(one, answer)]
    lines += _by_section(detail, library) if query.by_section else _by_place(detail, library)
    if not detail.shown:
        lines += [line for one in found for line in _instead(one, answer, library)]
    if not (query.terms or query.topic or query.ids or query.sections):
        lines += [line for one in found for line in _headings(one, library)]
    buttons = [(f"{key.id} 原处", f"{key.id}讲什么") for key, _ in detail.shown[:_BUTTONS]]
    return reply_of(_head(query, detail, answer, library), lines, _places(detail, library), buttons)


def named_targets_reply(answer: Answer, library: Library) -> Reply:
    """Targets whose names hold words, and the tasks that hold these elsewhere."""
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    targets = answer.content.targets or ()
    words = "、".join(
        "或".join(f"“{as_said(one, answer.question)}”" for one in phrase.said) for phrase in query.phrases
    )
    verb = "没有提到" if all(phrase.negated for phrase in query.phrases) else "提到"
    scope = _scope(replace(query, phrases=()), library)
    count = f"{len(targets)} 个目标" if targets else "没有目标"
    own = dict.fromkeys(target.task for target in targets)
    others = [key for key in answer.detail["in_tasks"] if key.id not in own]
    lines = [target_line(target) for target in targets]
    lines += [f"正文{verb}{words}的{'还有' if targets else ''}:"] if others else []
    lines += [f" {key.id} {title_of(key.id, library)}" for key in others]
    shown = [*own, *(key.id for key in others)][:_BUTTONS]
    return reply_of(
        f"{scope}{count}的名称{verb}{words}(按任务清单)", lines, "", [(f"{id_} 目标", f"{id_}的目标") for id_ in shown]
    )


def _places(detail: PhraseDetail, library: Library) -> str:
    things = [library.tasks.get(key) or library.clauses[key] for key, _ in detail.shown]
    places = [thing.place for thing in things]
    return f"出处:{'、'.join(places)}" if 0 < len(places) <= _SHORT else "出处:各项任务正文" if places else ""


def _head(query: Query, detail: PhraseDetail, answer: Answer, library: Library) -> str:
    """3 项任务提到“5G”(全文检索,已全部列出)."""
    tasks = [key for key, _ in detail.shown if key in library.tasks]
    clauses = len(detail.shown) - len(tasks)
    parts = [f"{len(tasks)} 项任务"] if tasks else []
    parts += [f"{clauses} 处条款"] if clauses else []
    if query.by_section and tasks:
        parts[0] = f"{len({library.tasks[key].section for key in tasks})} 个部分"
    who = "、".join(parts) or ("没有任务" if query.terms else "没有一处")
    yes = ("提到了:" if detail.shown else "没有提到:") if query.want is Want.HOLDS else ""
    return f"{yes}{_scope(query, library)}{who}{_what(query, detail, answer)}{_ALL if detail.whole else _LISTED}"


def _scope(query: Query, library: Library) -> str:
    tasks = list(library.tasks.values())
    parts = [term_text(term, tasks) for term in query.terms]
    if query.topic or query.ids or query.sections:
        parts.append(
            "、".join(key.name for key in query.topic) or subject_text(replace(query, phrases=()), (), library)
        )
    return f"{'、'.join(parts)}:" if parts else ""


def _what(query: Query, detail: PhraseDetail, answer: Answer) -> str:
    held: list[str] = []
    lacked: list[str] = []
    for phrase, found in zip(query.phrases, detail.found, strict=True):
        stood = [one.words if one.together else (as_said(one.said, answer.question),) for one in found]
        ways = ["和".join(f"“{word}”" for word in words) for words in stood]
        (lacked if phrase.negated else held).append("或".join(ways))
    where = "标题" if any(phrase.titled for phrase in query.phrases) else ""
    together = "同时" if len(held) > 1 or any(one.scattered for ways in detail.found for one in ways) else ""
    parts = [f"{where}{together}提到{'和'.join(held)}"] if held else []
    parts += [f"{where}没有提到{'和'.join(lacked)}"] if lacked else []
    return "、".join(parts)


def _by_place(detail: PhraseDetail, library: Library) -> list[str]:
    return [
        f"{key.id} {title_of(key.id, library)}" + (f":{'、'.join(words)}" if words else "")
        for key, words in detail.shown
    ]


def _by_section(detail: PhraseDetail, library: Library) -> Iterator[str]:
    tasks = [library.tasks[key] for key, _ in detail.shown if key in library.tasks]
    for section in library.sections.values():
        own = [task.id for task in tasks if task.section == section.no]
        if own:
            yield f"{section.place} {section.title}:{'、'.join(own)}"
    for key, _ in detail.shown:
        if key in library.clauses:
            yield f"条款 {key.id} {title_of(key.id, library)}"


def _notes(found: FoundPhrase, answer: Answer) -> list[str]:
    """Which words stood there, where they are not the ones that were said."""
    said = as_said(found.said, answer.question)
    words = "、".join(f"“{word}”" for word in found.words)
    if found.together:
        return [f"方案没有“{said}”的原话,按{words}{'同时出现' if len(found.words) > 1 else ''}查。"]
    other = "、".join(f"“{word}”" for word in found.words if word != found.said)
    return [f"“{said}”方案{'也' if found.said in found.words else ''}写作{other}。"] if other else []


def _headings(found: FoundPhrase, library: Library) -> Iterator[str]:
    """Sections whose heading holds the phrase: their tasks stand under it, but do not say it."""
    ids = {place.id for place in found.places if place.kind is TextKind.SECTION}
    for section in library.sections.values():
        if str(section.no) in ids:
            own = [task.id for task in library.tasks.values() if task.section == section.no]
            yield f"另外,{section.place}的标题提到“{found.words[0]}”,这一部分有 {'、'.join(own)}。"


def _instead(found: FoundPhrase, answer: Answer, library: Library) -> Iterator[str]:
    """Where a phrase stands, though not where it was asked for."""
    ids = {place.id for place in found.places if place.kind in OF_CONTENT}
    ranked = [key.id for key in library.order if key.id in ids]
    other = [text for kind, text in _ELSEWHERE.items() if any(place.kind is kind for place in found.places)]
    where = "、".join(ranked) or (f"只在{'、'.join(other)}里" if other else "")
    if where:
        yield f"提到“{as_said(found.said, answer.question)}”的:{where}"
