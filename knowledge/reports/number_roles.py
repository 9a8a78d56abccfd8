"""What each number of a clause is for: progress, what is missing, what is to be reached, or nothing that is reported.

Numbers are bound, not found. A number is progress by what governs it: the verb before it and the noun that it counts.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from knowledge.entities.topic_index import Entry
from knowledge.language.quantities.quantity import Quantity, in_unit
from knowledge.language.quantities.units import COUNTED, MEASURES, POINTS, SPAN_OF_TIME
from knowledge.plan.model import Target
from knowledge.reports.speech_acts import BY_NOW, COMPARED, CORRECTION, FINISHED, GIVEN, MISSING, STAGE, UNDONE
from knowledge.reports.subject_linker import Subjects, blank


class NumberRole(StrEnum):
    PROGRESS = "progress"
    MISSING = "missing"
    """还差45个, 还有45个没建."""
    GOAL = "goal"
    """What something is missing from: 离150亿, 到100家."""
    STAGE = "stage"
    """A step before the end: 开工30个."""
    NONE = "none"
    """The plan's own figure, what was wrong, a difference, a count of something else."""


_NOT = re.compile(
    r"(?:(?:不是|并非|而非|而不是|非)(?:之前的|原来的|原报的)?|(?:说|写|报|打|填|发)成了?|[错误原][说写报打填发]的?成?(?:了|为|是)?)$"
)
_WRONG = re.compile(
    r"\s*(?:是)?(?:[发报写打填说]错|不对|[哦噢啊呃额哎诶]+不[是对]?|有误|错了?的?(?!落|峰)|不准|作废|不(?:达标|合格|过关)|[^,]{0,2}才(?:算|能|行|叫|可))"
)
"""Behind a number: it was wrong, or what it counts falls short, or it is a condition (建成700个才算完成)."""
_NOT_REACHED = re.compile(
    r"(?:没有?|未能?|尚未|不|无法|难以)(?:完全|全部)?"
    r"(?:达到?|到|超?过|超|突?破|建[成好够满]?到?|完成到?|实现|新增|做[成到]|增加到|凑[够齐]|够|满)了?$"
    r"|(?:建|做|完成|达|增加)不(?:到|够|了|成)$|(?:(?<!有)没有?|未能?)$"
)
_TO_BE = re.compile(r"(?:(?<!按)(?<!按照)(?<!主)要|应|需要?|须)(?:建成?|完成|达到?|新增|培育|实施|创建)")
_OUGHT = re.compile(
    r"(?:(?<![主重只不想快摘纪])要|(?<![相反供效响对适])应|需要?|须|(?<!完成)(?<!完成年度)(?<!完成全年)目标(?:值|数)?[是为:]*)"
    r"(?:再?(?:有|到|达|建|编|落地|做到|认定|评上|发展|创|引进|办|签))?$"
)
_NEAR = 20
_HALF = 0.5
_FROM = re.compile(r"(?:由|从|原来?的?|之前(?:报)?的?|上次的?)(?:为|是)?$")
_CHANGES = re.compile(r"[,]?(?:改|更正|修正|调整|增|提|升|涨|到|变|上升|扩|达|降)")
_AMONG = re.compile(r"(?:当中|之中|中|里面?)的?[^\d,]{0,4}[\d一二两三四五六七八九十百]")  # 完成50个中的40个
_AIM = re.compile(r"(?:的)?(?:目标|任务)(?!的?\d)")
_SINCE = re.compile(r"(?:比|较)(?:上|去|前|年初|原|往)[^,]{0,8}$")
_COPULA = re.compile(r"(?:为|是|约|已|达到?|共|有|[:\s])+$")
_GROWN = re.compile(r"(?:(?<![更])增加|多)了?$")
_AGAINST = re.compile(r"同期|同比|计划|目标|序时|任务|要求")
_AWAY_FROM = re.compile(r"(?:离|距离?|[比较])(?:年度|全年|既定)?(?:目标|任务|计划|要求)?(?:的|值|数)?$")
_UP_TO = re.compile(r"(?:才?(?:能)?(?:到|达到?|够|满|完成)|就)$")
_TO_GO = re.compile(r"[有余剩](?:约|近)?$")
_ONE_MORE = re.compile(r"再(?:有|建成?|来|完成|新增|培育|发展)?$")
# 覆盖4个镇, 分3批, 4个镇, 5个园区: places, bodies and rounds are counted beside what is reported.
_BESIDE = re.compile(
    "(?:投入|覆盖|涉及|惠及|分布[在于]?|服务|走访|辐射|带动|涵盖|跨越?|分为?|(?<![现定持制])在|(?<![低高优])于|派出|抽调|组织|召开|举办|开展|培训|检查|督查|调研)"
    "(?:了|约|全市|到)*$"
)
_GOVERNS = re.compile(r"[约了有近]*[\d一二两三四五六七八九十百]")
_VISITED = re.compile("检查|督[导查]|调研|走访|核查|查看|指导|宣讲|巡查|验收$")
_ITS_PLACES = frozenset("村镇")
_PLACES = re.compile(
    "(?:重点|相关|主要|试点|行政|自然|中心|沿江|城区|其他|中小)*"
    "(?:乡?镇|乡|街道|村(?!庄规划)|社区|园区|开发区|片区|小区|县|区|市|点位|部门|单位|小组|工作组|专班|班子|标段|批次|阶段|环节|方面)"
)


@dataclass(frozen=True, slots=True)
class _Clause:
    """`plain` is the text without its names, whose words are no verbs (村庄规划编制)."""

    text: str
    plain: str
    named: list[tuple[Entry, int, int]]
    subjects: Subjects

    def around(self, quantity: Quantity) -> tuple[str, str]:
        return self.text[max(0, quantity.start - _REACH) : quantity.start], self.text[quantity.end :][:_REACH]

    def first_named(self, start: int, end: int) -> Entry | None:
        return next((entry for entry, first, last in self.named if start <= first and last <= end), None)


_REACH = 40


def roles_of(found: list[Quantity], text: str, subjects: Subjects) -> list[NumberRole]:
    """What each of the quantities `found` in a clause is for."""
    if not found:
        return []
    named = subjects.named_in_full(text)
    clause = _Clause(text, blank(text, [(start, end) for _, start, end in named]), named, subjects)
    roles = [_role(quantity, clause) for quantity in found]
    if NumberRole.MISSING in roles:
        missing = roles.index(NumberRole.MISSING)
        roles = [_beside_missing(r, q, found[missing], text) for r, q in zip(roles, found, strict=True)]
    for n, (one, other) in enumerate(pairwise(found)):
        if roles[n] is NumberRole.NONE and one.measure[-1:] in _ITS_PLACES and other.measure[-1:] in _ITS_PLACES:
            roles[n + 1] = NumberRole.NONE  # 涉及8个镇60个村
    for n, later in pairwise([n for n, role in enumerate(roles) if role not in {NumberRole.NONE, NumberRole.GOAL}]):
        if roles[n] is NumberRole.PROGRESS and _gives_way(found[n], found[later], roles[later], clause):
            roles[n] = NumberRole.GOAL if roles[later] is NumberRole.MISSING else NumberRole.NONE
    return roles


def is_growth(quantity: Quantity, before: str) -> bool:
    """Whether a count is of what has come since the last time (比上月增加30个), not since last year or to a plan."""
    more = COUNTED.fullmatch(quantity.measure) or (not quantity.measure and "又" in before)  # 又多了20
    grown = more and _GROWN.search(before)
    return bool(grown) and not _AGAINST.search(before)


def _role(quantity: Quantity, clause: _Clause) -> NumberRole:
    before, after = clause.around(quantity)
    if _is_taken_back(before, after) or _falls_short(quantity, before) or _is_time_taken(quantity, clause):
        return NumberRole.NONE
    rest = clause.plain[quantity.end :].lstrip()
    if MISSING.shows(before) or (_ONE_MORE.search(before) and rest[:1] in {"就", "即", "便", "才"}):
        return NumberRole.MISSING
    if UNDONE.shows(rest):
        return NumberRole.MISSING if _TO_GO.search(before) else NumberRole.STAGE
    if before.endswith("还有") and re.search("离|距", before):
        return NumberRole.MISSING
    if before.endswith("(") and after.startswith(")"):
        return NumberRole.NONE  # 620(700)
    if _AIM.match(after) and quantity.measure != "%":
        return NumberRole.NONE
    if _is_at_a_stage(quantity, clause):
        return NumberRole.STAGE
    if _counts_beside(quantity, before, after, clause.subjects):
        return NumberRole.NONE
    if MEASURES.get(quantity.measure, ("",))[0] == "share":
        points = quantity.measure in POINTS and not re.search(r"增长|增速|低于", before)
        return NumberRole.NONE if points or _SINCE.search(before) else NumberRole.PROGRESS
    if clause.subjects.names.ends_with_name(_COPULA.sub("", before)) or is_growth(quantity, before):
        return NumberRole.PROGRESS
    given = GIVEN.shows(before) or (COMPARED.shows(before) and not CORRECTION.shows(before))
    return NumberRole.NONE if given else NumberRole.PROGRESS


def _falls_short(quantity: Quantity, before: str) -> bool:
    """还不到600个 says only what was not reached; 不到600个 alone tells about how many."""
    return bool(re.match("不[到足]", quantity.said) and re.search("[还尚仍都也]$", before))


def _is_time_taken(quantity: Quantity, clause: _Clause) -> bool:
    """Whether a number is of days or months, none of which is asked for by the target that is named."""
    if not SPAN_OF_TIME.fullmatch(quantity.measure):
        return False
    named = (c.entry.thing for c in clause.subjects.names.find(clause.text) if c.full or c.own > _HALF)
    return not any(isinstance(thing, Target) and thing.unit == quantity.measure for thing in named)


def _is_taken_back(before: str, after: str) -> bool:
    """Whether a number is what is to be, was wrong, or was not reached."""
    signs_before = (_OUGHT, _NOT, _NOT_REACHED)
    if _TO_BE.search(before[-_NEAR:]) or any(s.search(before) for s in signs_before) or _WRONG.match(after):
        return True
    return bool((_FROM.search(before) and _CHANGES.match(after)) or _AMONG.match(after))


def _is_at_a_stage(quantity: Quantity, clause: _Clause) -> bool:
    """Whether what is counted was only begun (开工30个, 30个在建): the last verb before a number governs it."""
    before = clause.plain[max(0, quantity.start - _REACH) : quantity.start]
    after = clause.plain[quantity.end :][:_REACH].lstrip()
    stage, finished = (max((m.end() for m in sign.all(before)), default=0) for sign in (STAGE, FINISHED))
    behind = STAGE.pattern.match(after)
    return (stage > 0 and stage >= finished) or (behind is not None and not _GOVERNS.match(after, behind.end()))


def _counts_beside(quantity: Quantity, before: str, after: str, subjects: Subjects) -> bool:
    """Whether a number counts places, bodies or rounds, not what is reported."""
    if _BESIDE.search(before) and quantity.measure != "%" and quantity.of is None:
        return True
    if quantity.measure[-1:] in _ITS_PLACES and _VISITED.match(after):
        return True
    counted = COUNTED.fullmatch(quantity.measure) is not None
    return counted and bool(_PLACES.match(after)) and not subjects.names.begins_with_name(after, longer=2)


def _beside_missing(role: NumberRole, quantity: Quantity, missing: Quantity, text: str) -> NumberRole:
    """The number that something is missing from: 离150亿还差8亿, 还差11家到100家."""
    if role is NumberRole.MISSING:
        return role
    before = text[: quantity.start]
    away = quantity.end <= missing.start and _AWAY_FROM.search(before)
    return NumberRole.GOAL if away or (quantity.start >= missing.end and _UP_TO.search(before)) else role


def _gives_way(one: Quantity, later: Quantity, role: NumberRole, clause: _Clause) -> bool:
    """Whether a number is none because a later one is: 700个5G基站已建成620个, 3个乡镇建成5G基站620个."""
    if not _alike(one, later) or FINISHED.all(clause.plain[max(0, one.start - _REACH) : one.start]):
        return False
    named, other = clause.first_named(0, one.start), clause.first_named(one.end, later.start)
    if role is NumberRole.MISSING:  # 700个5G基站还差80个; but 5G基站620个还差80个
        entry = named or other
        return entry is not None and is_the_target(one, entry)
    if other is not None:
        return named is None or named == other
    between = clause.plain[one.end : later.start]
    return role is NumberRole.STAGE or FINISHED.shows(between) or BY_NOW.shows(between)


def is_the_target(quantity: Quantity, entry: Entry) -> bool:
    """Whether a number is as much as the target is to be."""
    return isinstance(entry.thing, Target) and in_unit(quantity, entry.thing.unit) == entry.thing.value


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers may be of one thing; without a unit (124亿) a number may be of any."""
    families = {MEASURES.get(q.measure, ("count",))[0] for q in (one, other) if q.measure}
    return len(families) < _TWO


_TWO = 2
