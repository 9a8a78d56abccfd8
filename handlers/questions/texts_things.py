"""Lists of named things: their names in full, counted, with the tasks that name them."""

from handlers.texts.heading import reply_of, subject_text, term_text, title_of
from handlers.texts.reply import Reply
from knowledge.entities.library import Library
from knowledge.questions.answer import Answer
from knowledge.questions.answering.thing_answers import NamedThings
from knowledge.questions.query import Query

_BUTTONS = 3


def things_reply(answer: Answer, library: Library) -> Reply:
    query = answer.query
    assert query is not None  # noqa: S101 - render() has checked
    found: tuple[NamedThings, ...] = answer.detail["things"]
    names = dict.fromkeys(name for one in found for name in one.names)
    head = f"{_scope(query, library)}{_what(query)}"
    owners = [library.tasks.get(one.key) or library.clauses[one.key] for one in found]
    lines = [f"{one.key.id} {owner.title}:{'、'.join(one.names)}" for one, owner in zip(found, owners, strict=True)]
    places = list(dict.fromkeys(owner.place for owner in owners))
    buttons = [(f"{one.key.id} 详情", f"{one.key.id}讲什么") for one in found[:_BUTTONS]]
    return reply_of(f"{head}:共 {len(names)} 个(按任务清单)", lines, f"出处:{'、'.join(places)}", buttons)


def _scope(query: Query, library: Library) -> str:
    tasks = list(library.tasks.values())
    parts = [f"{term_text(term, tasks)}的任务里" for term in query.terms]
    if query.topic or query.ids or query.sections:
        topic = dict.fromkeys(title_of(key.task, library) or key.name for key in query.topic)
        within = "、".join(topic) or subject_text(query, (), library)
        parts.append(f"“{within}”里")
    words = "或".join(f"“{one}”" for phrase in query.phrases for one in phrase.said)
    return ("".join(parts) or "方案") + (f"带{words}、" if words else "")


def _what(query: Query) -> str:
    assert query.things is not None  # noqa: S101 - a query for things says which
    said = query.things.said
    return f"要{said}的" if query.things.verbs == (said,) else f"点名的{said}"
