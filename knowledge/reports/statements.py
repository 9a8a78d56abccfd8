"""What a clause reports without a number: a state, a problem, no change, or merely that something was done."""

import re
from collections.abc import Callable
from dataclasses import replace

from knowledge.entities.name_index import names_something
from knowledge.entities.topic_index import Entry
from knowledge.language.quantities.numerals import NUMERAL
from knowledge.language.quantities.quantity import quantities
from knowledge.language.quantities.units import COUNTS, SPAN_OF_TIME
from knowledge.plan.key import EntryKind
from knowledge.reports.clauses import MessageClause
from knowledge.reports.model import State, UpdateKind
from knowledge.reports.number_candidates import figures_of
from knowledge.reports.reader_state import ReaderState, ReaderStep, each
from knowledge.reports.speech_acts import BARE_PROBLEM, DIFFICULTY, OFFICIAL, REQUEST
from knowledge.reports.subject_linker import EXPLAINED, SubjectLink, blank, is_work
from knowledge.reports.work_states import NOT_DONE

_MENTIONED = 0.3  # 就业招聘会 is about 就业, though much else is said
_HALF = 0.5  # less of a name than that names nothing in a clause without a number
_AS_BEFORE = re.compile("[与和跟同]上(?:个?月|周|个?季度?|年)")
_OF_THE_SAME = re.compile("但|不过|因|由于|主要|受(?!阻)")  # 5G基站建成608个,但老旧小区进场难 hinders 5G基站
_JOINED = re.compile(r"[、和与]|以及|(?<!普)及")
_STATE_WORDS = re.compile(
    r"已经|已|还没有?|尚未|仍未|没有|没|未|正式|建成|竣工|完工|投产|投用|投入使用|投入运营|通车|通航|开通|启用|建好|开工建设|开工|动工|启动"
    r"|停工|停建|复工|暂停建设|暂停|停摆|叫停|停滞不前|停滞|陷入|完成|正在|抓紧|施工|恢复|有序推进|稳步推进|推进|进展顺利|顺利"
    r"|建设中|实施中|在建|在做|了|即将|准备|主体|封顶|破土|奠基|进场|设备|安装|通过|竣工验收|验收|不再|并未|暂时|被|于"
    r"|(?:进入|处于|转入)[^,]{0,8}(?:阶段|状态)"
)
_OFFICE_WORDS = re.compile(
    r"组织|召开|开展|举办|参加|正在|起草|邀请|部署|印发|下发|专题|座谈会|推进会|动员会|调度会|协调会|培训[班会]|招聘会|现场会|部署会|会议|活动|检查|调研"
    r"|督[导查]|巡查|通知|已|了"
)
_NTH = re.compile(f"第{NUMERAL}(?:{COUNTS})")
_PART_OF = re.compile(r"\s*其中|[^,]{0,20}\d[^,\d]{0,2}(?:里[头面]?|当中|之中)有?\d")  # 612里头有10个还在建
_THE_OTHERS = re.compile("其[他余它]|别的|剩下的|另外的")
_GOES_ON = re.compile(r"\s*(?:占|其中|同比|环比|比|较)")
_CHANGE_WORDS = re.compile(
    r"本期|暂?[无没]有?(?:什么)?(?:新)?(?:的)?(?:变化|进展)|没变|同上期|持平|一样|相同|一致|不变|数据|[没无]"
)
SPEAKER = re.compile(r"^[\u4e00-\u9fff]{1,8}:")
"""Who says a line of a pasted chat."""


def no_change(clause: MessageClause, text: str, sofar: ReaderState) -> ReaderStep:
    """本期无变化, of what the clause names or the message speaks of."""
    if _THE_OTHERS.match(text):
        return ReaderStep(sofar, placed=False)
    words = _CHANGE_WORDS.sub(lambda m: " " * len(m[0]), text)
    if _AS_BEFORE.search(clause.text):
        sofar = replace(sofar, as_of=None)  # 与上月持平 is not of last month
    return _say(clause, text, _named(words, sofar), UpdateKind.NO_CHANGE, sofar)


def tell_state(clause: MessageClause, text: str, state: State, sofar: ReaderState) -> ReaderStep:
    """开工, 停工, 建成, of one work or of several that are named together; 完工5个 is not the whole."""
    if _PART_OF.match(text) or (_is_of_a_count(text, state) and _counts(sofar.without_name(text))):
        return note(clause, text, sofar, tells=True)
    words = _STATE_WORDS.sub(lambda m: " " * len(m[0]), text)
    if several := _joined(words, sofar):
        return each(sofar, (_stating(entry, clause, state) for entry in several))
    return _say(
        clause, text, one_of_many(_named(words, sofar, work=True), words, sofar), UpdateKind.STATE, sofar, state
    )


def _stating(entry: Entry, clause: MessageClause, state: State) -> Callable[[ReaderState], ReaderStep]:
    return lambda sofar: sofar.report(entry, UpdateKind.STATE, clause, state=state)


def _is_of_a_count(text: str, state: State) -> bool:
    """Whether a state would be of as many as are counted: 完工5个, 还没建成620个; but 在建30个 is under way."""
    return state in {State.DONE, State.NOT_STARTED} or (state is State.IN_PROGRESS and NOT_DONE.shows(text))


def _counts(text: str) -> bool:
    counted = (q for q in quantities(text) if not SPAN_OF_TIME.fullmatch(q.measure))  # 通车三个月了
    return any(q.measure not in {"", "号"} or not q.is_certain for q in counted) or bool(_NTH.search(text))


def tell_problem(clause: MessageClause, text: str, sofar: ReaderState, state: State | None = None) -> ReaderStep:
    """What hinders, or help that is asked for; the subject stands before it (中医院创三级专科缺乏专业人才)."""
    if BARE_PROBLEM.shows(text):
        return _say(clause, text, SubjectLink(), UpdateKind.PROBLEM, sofar, state)
    sign = REQUEST.find(text) or DIFFICULTY.find(text)
    before = _named(text[: sign.start()], sofar) if sign else SubjectLink()
    same = _OF_THE_SAME.match(text) or (sign and not sign.start() and not sofar.resumed)
    if same and sofar.current is not None and _is_no_name(_named(text, sofar)):
        return sofar.report(sofar.current, UpdateKind.PROBLEM, clause, state=state)
    return _say(clause, text, before if before.one else _named(text, sofar), UpdateKind.PROBLEM, sofar, state)


def asked_of(text: str, sofar: ReaderState) -> Entry | None:
    """What a question asks about, where that is surely one thing."""
    said = sofar.subjects.without_bodies(SPEAKER.sub("", text)).strip("@ ")
    link = _named(said, sofar, enough=_MENTIONED)
    return link.one.entry if link.one else sofar.subjects.opening(said)


def _is_no_name(link: SubjectLink) -> bool:
    """Whether words that may be of what hinders or who is to help name but a task or an action."""
    return link.one is not None and link.one.entry.kind in {EntryKind.ACTION, EntryKind.TASK}


def note(clause: MessageClause, text: str, sofar: ReaderState, *, tells: bool = False) -> ReaderStep:
    """What was done or is planned, of a named subject (召开推进会). A mere name is no report, but is spoken of now."""
    if sofar.current is not None and _GOES_ON.match(text):
        return ReaderStep(sofar, placed=False)
    about = _OFFICE_WORDS.sub(lambda m: " " * len(m[0]), text)
    link = _named(about, sofar, enough=_MENTIONED)
    entry = link.one.entry if link.one else sofar.task_of([c.entry for c in link.open])
    if entry is None and not (link.open or sofar.drafts or clause.task):
        entry = sofar.current  # 围绕“高效办成一件事”,梳理事项34项
    nameless = sofar.without_name(text)
    tells = tells or OFFICIAL.shows(nameless) or any(quantities(nameless))
    if entry is None:
        if tells and link.open and all(c.full for c in link.open):
            sofar, _ = sofar.doubt(clause, tuple(c.entry for c in link.open))
        return ReaderStep(replace(sofar, current=_begun_with(text, sofar) or sofar.current), placed=False)
    if not tells:
        return ReaderStep(replace(sofar, current=entry), placed=False)
    sure = link.one is not None and link.one.full and len(link.one.surface) > 2
    return sofar.report(entry, UpdateKind.NOTE, clause, sure=sure)


def _named(text: str, sofar: ReaderState, *, work: bool = False, enough: float = EXPLAINED) -> SubjectLink:
    """The subject of a clause's words; a name in part does not displace the one that is spoken of."""
    numbers = [(f.quantity.start, f.quantity.end) for f in figures_of(text, sofar.subjects)]
    fits = is_work if work else lambda _: True
    link = sofar.subjects.link(blank(text, numbers), sofar.context(), fits=fits, enough=enough)
    if link.one and not link.one.full and (link.one.own < _HALF or sofar.current is not None):
        return SubjectLink()
    return link


def _begun_with(text: str, sofar: ReaderState) -> Entry | None:
    """What a clause opens with; the general words of a task (用地紧张) do not displace what is spoken of."""
    entry = sofar.subjects.opening(text)
    general = entry is not None and entry.kind in {EntryKind.ACTION, EntryKind.TASK}
    return None if general and sofar.current is not None else entry


def _joined(words: str, sofar: ReaderState) -> list[Entry]:
    """Several works that share one state (五洲特纸、信义光伏玻璃均已投产); none unless each is named in full."""
    named = [_named(part, sofar, work=True).one for part in _JOINED.split(words)]
    entries = list(dict.fromkeys(one.entry for one in named if one and one.full))
    return entries if 1 < len(entries) == len(named) else []


def one_of_many(link: SubjectLink, words: str, sofar: ReaderState) -> SubjectLink:
    """码头开工了 names an action in full, but it is one of several quays that was begun."""
    one = link.one
    if one is None or one.entry.kind not in {EntryKind.ACTION, EntryKind.TASK} or len(one.surface) > 4:
        return link
    works = [c for c in sofar.subjects.names.find(words) if c.entry.kind is EntryKind.PROJECT]
    alike = tuple(c for c in works if c.covered >= one.covered * 0.95)
    return SubjectLink(open=alike) if len(alike) > 1 else link


def _say(
    clause: MessageClause,
    text: str,
    link: SubjectLink,
    kind: UpdateKind,
    sofar: ReaderState,
    state: State | None = None,
) -> ReaderStep:
    entry = link.one.entry if link.one else None
    if entry is None and kind is UpdateKind.PROBLEM:
        entry = sofar.task_of([c.entry for c in link.open]) or _begun_with(text, sofar)
    if entry is None and not any(c.full for c in link.open):
        entry = None if kind is UpdateKind.PROBLEM and sofar.left_open() else sofar.current
    if entry is not None:
        return sofar.report(entry, kind, clause, state=state)
    nothing_else = not names_something(_STATE_WORDS.sub("", text))
    if link.open or nothing_else or kind in {UpdateKind.PROBLEM, UpdateKind.NO_CHANGE}:
        sofar, _ = sofar.doubt(clause, tuple(c.entry for c in link.open))
    return ReaderStep(sofar, placed=False)
