"""What the bot says when it cannot answer, or must ask back: plainly, with what comes nearest."""

from handlers.texts.errors import in_private
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import target_line
from handlers.texts.reply import Button, Reply
from handlers.texts.samples import of_target, of_task, of_unit
from knowledge.entities.library import Library
from knowledge.entities.topic_index import Entry
from knowledge.language.lexicon import set_words
from knowledge.language.normalize import clean
from knowledge.plan.model import Target
from knowledge.questions.answer import Answer, Outcome, Why
from knowledge.questions.answering.phrase_answers import words_around
from knowledge.questions.quoting import as_said
from storage.rich_text import Text

NONE_OF_THESE = "都不是"
"""The last button under offers, and the only one that asks of what was said before."""
_SHOWN = 24
_HEADS = {
    Why.EMPTY: "没有看到文字。",
    Why.REMINDER: "这是要设提醒，不是提问。",
    Why.NO_SUCH_DAY: "没有“{name}”这一天，请写明是哪一天。",
    Why.TOO_MANY: "一次最多回答八个问题，后面的没有读，请分开问。",
    Why.TOO_LONG: "这条消息超过 4096 个字,没有读。",
    Why.NO_SUCH_UNIT: "方案的责任单位里没有“{name}”。",
    Why.OTHER_PLACE: "“{name}”不在这个方案里。",
    Why.NO_SUCH_TASK: "方案里没有“{name}”这一项。",
    Why.BEYOND_LIST: "前面只列出{of}项，没有第{name}项。",
    Why.NOT_IN_PLAN: "方案没有提到“{name}”。",
    Why.NOT_IN_TASKS: "“{name}”只在文件首部、标题或责任单位名单里，任务和条款没有提到。",
    Why.ONLY_MENTIONED: "方案提到“{name}”，没有单独列为任务或目标。",
    Why.NOT_STATED: "方案没有写“{name}”。",
    Why.NO_SUCH_FIGURE: "方案没有写所问的数（{name}）。",
    Why.NOT_OF_YEAR: "方案没有写 {name} 年的这个目标。",
    Why.UNREAD: "没有读懂这句话。",
    Why.NOTHING_BEFORE: "前面还没有可以接着问的内容。",
    Why.NO_OWN_UNIT: "还不知道“{name}”是哪个单位。",
    Why.REPORT: "这句话像是报进展,不是提问。",
    Why.ORDER: "这里不能改方案的内容，也不能代发通知。",
    Why.OPINION: "这里不作评价和预测，只回答方案里写了什么。",
    Why.WHICH_UNIT: "“{name}”可以指:",
    Why.WHICH_TOPIC: "“{name}”在方案里有几处,要问哪一处?",
    Why.WHICH_PLAN: "要问哪个方案?",
    Why.WHAT_ABOUT: "要问哪个单位、哪项任务?",
    Why.NONE_MEANT: "刚才列出的都不是所问的。",
    Why.NO_PROGRESS: "还没有可以公开的进展记录。",
    Why.UNKNOWN_NOUN: "没有读懂问的“{name}”。",
    Why.UNUSED: "没有全部读懂，没有用到“{name}”。",
}
_HINTS = {
    Why.REMINDER: "提醒在机器人的私聊里设，例如发：提醒我下周三报送5G基站；/reminders 可查、可取消。",
    Why.EMPTY: "请直接打字提问,例如:{unit}。",
    Why.TOO_LONG: "请用一句话提问,例如:{task}。",
    Why.OTHER_PLACE: "这里只回答{title}的内容。",
    Why.NOT_IN_PLAN: "方案中相关的内容:",
    Why.NOT_IN_TASKS: "方案中相关的内容:",
    Why.ONLY_MENTIONED: "提到的地方:",
    Why.NOT_STATED: "方案中相关的内容:",
    Why.NO_SUCH_FIGURE: "方案中相关的内容:",
    Why.UNKNOWN_NOUN: "方案中相关的内容:",
    Why.NOT_OF_YEAR: "方案写的是:",
    Why.UNREAD: "可以问单位的任务、任务的责任单位、目标和期限。",
    Why.NOTHING_BEFORE: "请把单位或任务写全,例如:{unit}。",
    Why.NO_OWN_UNIT: "请写出单位的名称再问。",
    Why.REPORT: "如果是提问,请写成问句,例如:{target}。",
    Why.ORDER: "这里只回答方案里写了什么,例如:{target}。",
    Why.WHICH_PLAN: "请在问题里写出是哪个地方，例如：{home}的任务有哪些。",
    Why.WHAT_ABOUT: "请写出名称,例如:{unit};{task}。",
    Why.NONE_MEANT: "请写出名称或换个说法，例如：{unit}。",
    Why.NO_PROGRESS: "方案本身的目标和期限可以问我。",
}


_WITH_NEAR = {
    Why.NOT_IN_PLAN,
    Why.NOT_IN_TASKS,
    Why.ONLY_MENTIONED,
    Why.NOT_STATED,
    Why.NO_SUCH_FIGURE,
    Why.UNKNOWN_NOUN,
}


_NOT_UNDERSTOOD = {Why.UNREAD, Why.UNUSED, Why.UNKNOWN_NOUN, Why.NOTHING_BEFORE, Why.ORDER}
_WITHOUT_OFFERS = {Why.NOT_IN_PLAN, Why.NO_SUCH_UNIT}
"""A no of the plan: what was named may be no name at all, where nothing comes near it."""


_OF_WORDS = _WITH_NEAR | {Why.OPINION, Why.WHAT_ABOUT, Why.REPORT, Why.REMINDER, Why.NO_SUCH_UNIT, Why.WHICH_TOPIC}
"""Of words that the plan does not have, not of tasks, places or years that it proves not to have."""


def may_be_no_question(answer: Answer) -> bool:
    """Whether words that come near to something that can be done are rather meant as that."""
    if answer.parts:
        return all(map(may_be_no_question, answer.parts))
    return is_not_understood(answer) or (answer.outcome is not Outcome.ANSWERED and answer.why in _OF_WORDS)


def is_not_understood(answer: Answer) -> bool:
    """Whether the sentence may have been meant for something else than the plan."""
    if answer.outcome is not Outcome.DECLINED or answer.parts:
        return False
    return answer.why in _NOT_UNDERSTOOD or (answer.why in _WITHOUT_OFFERS and not answer.choices)


def declined_reply(answer: Answer, library: Library) -> Reply:
    """The message for an answer that clarifies or declines; its choices are the buttons."""
    why = answer.why or Why.UNREAD
    name = str(answer.detail.get("name", ""))
    said = as_said(name, answer.question)
    shown = said if len(said) <= _SHOWN else f"{said[:_SHOWN]}…"
    title = library.plans[0].title
    near = answer.detail.get("near", ())
    lines: list[str] = []
    if why in _HINTS and (why not in _WITH_NEAR or near):
        lines.append(
            _HINTS[why].format(
                title=f"《{title}》",
                home=library.plans[0].home,
                unit=of_unit(library),
                task=of_task(library),
                target=of_target(library),
            )
        )
    shows_near = answer.outcome is Outcome.DECLINED or why is Why.ONLY_MENTIONED
    lines += [f" {_near_text(entry, why, said, library)}" for entry in near if shows_near]
    lines += _notes(name, library)
    if why in {Why.NO_SUCH_UNIT, Why.OTHER_PLACE} and answer.choices:
        lines.append("是否要看:")
    return Reply(
        head=bold(_head(why, answer, library).format(name=shown, of=answer.detail.get("of", ""))),
        blocks=tuple(map(typeset, lines)),
        buttons=tuple(Button(choice.label, choice.message) for choice in answer.choices),
    )


def _head(why: Why, answer: Answer, library: Library) -> str:
    """What is known only of a register stands perhaps in the document; a place that it speaks of has only no tasks."""
    if why is Why.NOT_IN_PLAN and not library.text.whole:
        return "方案的任务清单里没有“{name}”。"
    if why is Why.UNUSED and set(set_words().get(str(answer.detail.get("name")), "?")) <= _PLAIN:
        return "没有全部读懂。"
    return "方案提到“{name}”，没有给它列任务。" if answer.detail.get("stands") else _HEADS[why]


_PLAIN = frozenset("tiGcqkY")
"""任务, 哪项, 是不是: nobody would put such a word another way."""


def _near_text(entry: Entry, why: Why, said: str, library: Library) -> str:
    if why is Why.NOT_OF_YEAR and isinstance(entry.thing, Target):
        return target_line(entry.thing)
    words = words_around([clean(said)], entry.owner, library) if why is Why.ONLY_MENTIONED else ()
    return f"{entry.owner.id} {entry.name}" + (f":{'、'.join(words)}" if words else "")


def _notes(name: str, library: Library) -> list[str]:
    """What the gazetteer knows of a name: facts of the world, or (方案还提到…) where the plan speaks of it."""
    if not name:
        return []
    known: list[tuple[str, str]] = []
    for _, gazetteer in library.shelves:
        known += [(one.name, one.note) for one in gazetteer.ask_back]
        known += [(one.name, one.note) for one in gazetteer.outsiders]
    notes = [note for other, note in known if note and clean(other) in clean(name)]
    return [note if note.startswith("方案") else f"{note}(非方案内容)" for note in notes[:1]]


def not_here(link: str) -> Text:
    return bold(f"群里只答公开方案，进展{in_private(link)}")
