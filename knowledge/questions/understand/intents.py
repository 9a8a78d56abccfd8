"""Which question it is: one rule a kind, tried from the top, each with the sentences it is for.

A rule looks at the tags of the cues (knowledge/language/cues.py) and at what the sentence names. The examples run as
tests: each must be read by its own rule.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from knowledge.language.cues import CueTag
from knowledge.questions.query import Want


class Has(StrEnum):
    """What a sentence names, itself or (MEMORY) by what went before."""

    UNIT = "unit"
    UNITS = "units"
    """Two or more."""
    SUBJECT = "subject"
    """A topic, a task or clause by number, or a section."""
    FIGURE = "figure"
    MEMORY = "memory"


# Tags that make a piece ask something of its own.
ASKING = frozenset(
    [
        CueTag.WHO,
        CueTag.WHICH,
        CueTag.WHAT,
        CueTag.HOW_MANY,
        CueTag.AMOUNT,
        CueTag.WHEN,
        CueTag.DAYS,
        CueTag.YES_NO,
        CueTag.SAY,
        CueTag.TARGET,
        CueTag.MOST,
        CueTag.LEAST,
        CueTag.AGAIN,
        CueTag.BACK,
        CueTag.COMPARE,
        CueTag.WHERE,
        CueTag.HELP,
    ]
)


@dataclass(frozen=True, slots=True)
class IntentRule:
    """Applies where all tags of `all`, one of `some`, none of `none` are there, and the sentence has what it must."""

    name: str
    want: Want
    all: frozenset[CueTag] = frozenset()
    some: frozenset[CueTag] = frozenset()
    none: frozenset[CueTag] = frozenset()
    has: frozenset[Has] = frozenset()
    lacks: frozenset[Has] = frozenset()
    examples: tuple[str, ...] = ()

    def applies(self, tags: frozenset[CueTag], has: frozenset[Has]) -> bool:
        return (
            self.all <= tags
            and (not self.some or bool(self.some & tags))
            and not self.none & tags
            and self.has <= has
            and not self.lacks & has
        )


def _rule(
    name: str,
    want: Want,
    *examples: str,
    all: Collection[CueTag] = (),  # noqa: A002 - reads as the sentence it is
    some: Collection[CueTag] = (),
    none: Collection[CueTag] = (),
    has: tuple[Has, ...] = (),
    lacks: tuple[Has, ...] = (),
) -> IntentRule:
    return IntentRule(
        name, want, frozenset(all), frozenset(some), frozenset(none), frozenset(has), frozenset(lacks), examples
    )


_U, _UU, _S, _F = Has.UNIT, Has.UNITS, Has.SUBJECT, Has.FIGURE

RULES: tuple[IntentRule, ...] = (
    _rule("为什么是这个灯", Want.REASON, "5G基站为什么是黄灯", all={CueTag.WHY, CueTag.LIGHT}),
    _rule(
        "谁还没报", Want.UNREPORTED, "谁还没报", "这个月哪些目标没报", "市科经局还有哪些没报", all={CueTag.UNREPORTED}
    ),
    _rule("报了什么", Want.REPORTED, "这个月谁报了什么", "市科经局上周报了哪些", all={CueTag.SAID}),
    _rule("落后的", Want.BEHIND, "哪些目标进度落后", "市交通局哪些目标没达序时", all={CueTag.BEHIND}),
    _rule("哪些是这个灯", Want.LIGHTS, "哪些任务是红灯", "市交通局有几个黄灯", "红灯", all={CueTag.LIGHT}, lacks=(_S,)),
    _rule(
        "这里哪些是这个灯",
        Want.LIGHTS,
        "第五部分有哪些红灯",
        "5.2有几个黄灯",
        all={CueTag.LIGHT},
        some={CueTag.WHICH, CueTag.LIST, CueTag.HOW_MANY},
    ),
    _rule(
        "完成率排名",
        Want.RANKED,
        "完成率最低的三个目标",
        "市科经局进度最慢的目标",
        "第五部分完成率最高的目标",
        all={CueTag.PROGRESS},
        some={CueTag.LEAST, CueTag.MOST},
        none={CueTag.LEAD},
    ),
    _rule("口径", Want.CARD, "5G基站的口径是什么", "卫生厕所普及率的分母是什么", all={CueTag.CARD}),
    _rule(
        "进展",
        Want.PROGRESS,
        "5G基站进展",
        "5G基站怎么样了",
        "交通局进展怎么样",
        "5G基站序时达没达",
        "5G基站还差多少",
        "截至2月28日5G基站进展",
        "第五部分进展怎么样",
        "整个方案进展如何",
        all={CueTag.PROGRESS},
        none={CueTag.SAY, CueTag.LEAD},
    ),
    _rule(
        "几个快到期",
        Want.COUNT_TARGETS,
        "有几个目标快到期",
        "市科经局30天内到期的有几个",
        all={CueTag.SOON, CueTag.HOW_MANY},
    ),
    _rule(
        "快到期的",
        Want.TARGETS,
        "有哪些快到期",
        "快到期的目标",
        "哪些目标快到期了",
        "最近到期的有哪些",
        "30天内到期",
        "三个月内到期的目标有哪些",
        "本月到期的目标",
        "年底到期的目标有哪些",
        "市科经局快到期的目标",
        "第三部分有哪些快到期",
        all={CueTag.SOON},
    ),
    _rule("还有多少天", Want.DAYS, "5G基站还有多少天到期", "离擦亮小城镇达标还剩几天", all={CueTag.DAYS}, lacks=(_U,)),
    _rule(
        "期限是不是这一年",
        Want.FIGURE,
        "GDP突破400亿是2022年底吗",
        all={CueTag.YES_NO, CueTag.YEAR_END},
        has=(_S,),
        lacks=(_U,),
    ),
    _rule(
        "目标是不是这个数",
        Want.FIGURE,
        "5G基站是不是要建1000个",
        "农业总产值目标是150亿元吗",
        all={CueTag.YES_NO},
        none={CueTag.WHEN, CueTag.DATED, CueTag.UNDATED},
        has=(_S, _F),
        lacks=(_U,),
    ),
    _rule(
        "参与几项以上的单位",
        Want.TOP_UNITS,
        "只参与一项任务的单位有哪些",
        "哪些单位一项都不牵头",
        "哪些单位参与了10项以上的任务",
        all={CueTag.WHO},
        some={CueTag.TASK, CueTag.LEAD, CueTag.OWN, CueTag.ASSIST},
        has=(_F,),
        lacks=(_U, _S),
    ),
    _rule(
        "不牵头的单位",
        Want.TOP_UNITS,
        "没有牵头任务的单位有哪些",
        all={CueTag.UNLED, CueTag.WHO},
        lacks=(_U, _S, _F),
    ),
    _rule(
        "最大的目标",
        Want.TARGETS,
        "数值最大的亿元目标",
        "最高的产值目标是哪个",
        all={CueTag.LARGEST, CueTag.TARGET},
        none={CueTag.UNIT, CueTag.TASK, CueTag.LEAD, CueTag.SECTION},
    ),
    _rule(
        "哪部分任务最多",
        Want.TOP_SECTIONS,
        "哪一部分任务最多",
        "任务最少的是哪个部分",
        some={CueTag.MOST, CueTag.LEAST},
        all={CueTag.WHERE, CueTag.TASK},
        none={CueTag.UNIT, CueTag.WHO, CueTag.TARGET, CueTag.LEAD},
        lacks=(_U, _S),
    ),
    _rule(
        "一个单位的任务里最多的",
        Want.TOP_UNITS,
        "财政局任务里目标最多的是哪个",
        "住建局参与的任务中责任单位最多的是哪条",
        some={CueTag.MOST, CueTag.LEAST},
        all={CueTag.TASK},
        none={CueTag.LARGEST, CueTag.EXCEPT, CueTag.COMPARE, CueTag.WHICH_MORE, CueTag.HOW_MANY},
        has=(_U,),
        lacks=(_UU, _S),
    ),
    _rule(
        "谁的任务最多",
        Want.TOP_UNITS,
        "哪个单位的任务最多",
        all={CueTag.MOST},
        some={CueTag.TASK, CueTag.UNIT, CueTag.WHO, CueTag.TARGET, CueTag.SECTION, CueTag.LEAD},
        lacks=(_U,),
    ),
    _rule(
        "谁的任务最少",
        Want.TOP_UNITS,
        "牵头任务最少的单位",
        all={CueTag.LEAST},
        some={CueTag.TASK, CueTag.UNIT, CueTag.WHO, CueTag.TARGET, CueTag.SECTION, CueTag.LEAD},
        lacks=(_U,),
    ),
    _rule(
        "任务是不是几项",
        Want.COUNT_TASKS,
        "方案一共25项任务对吧",
        all={CueTag.YES_NO, CueTag.TASK},
        none={CueTag.TARGET},
        has=(_F,),
        lacks=(_S,),
    ),
    _rule(
        "几个单位参与几项",
        Want.TOP_UNITS,
        "有几个单位只负责一项任务",
        "多少单位牵头3项以上",
        all={CueTag.HOW_MANY, CueTag.UNIT},
        some={CueTag.TASK, CueTag.LEAD, CueTag.OWN, CueTag.ASSIST},
        has=(_F,),
        lacks=(_U, _S),
    ),
    _rule(
        "除了谁,谁的任务最多",
        Want.TOP_UNITS,
        "除了发改局哪个单位任务最多",
        some={CueTag.MOST, CueTag.LEAST},
        all={CueTag.EXCEPT, CueTag.WHO},
        has=(_U,),
    ),
    _rule("两个单位谁多", Want.TOP_UNITS, "发改局和科经局谁牵头的任务多", all={CueTag.WHICH_MORE}, has=(_UU,)),
    _rule("比较两个单位", Want.COMPARE, "交通局和商务局的任务有什么区别", all={CueTag.COMPARE}, has=(_UU,)),
    _rule(
        "几项有量化的任务",
        Want.COUNT_TASKS,
        "没有量化目标的任务几项",
        some={CueTag.QUANTIFIED, CueTag.UNQUANTIFIED},
        all={CueTag.TASK, CueTag.HOW_MANY},
    ),
    _rule(
        "有量化的任务",
        Want.TASKS,
        "商务局有目标的任务有哪些",
        "没有量化目标的任务",
        some={CueTag.QUANTIFIED, CueTag.UNQUANTIFIED},
        all={CueTag.TASK},
    ),
    _rule(
        "没有量化的任务",
        Want.TASKS,
        "哪些任务没有量化目标",
        all={CueTag.NOT, CueTag.TARGET},
        none={CueTag.WHEN},
        lacks=(_S, _U),
    ),
    _rule("几个部分", Want.COUNT_SECTIONS, "重点任务分几个部分", all={CueTag.HOW_MANY, CueTag.SECTION}, lacks=(_S,)),
    _rule(
        "牵头单位有几个",
        Want.COUNT_UNITS,
        "牵头任务的单位有几个",
        all={CueTag.HOW_MANY, CueTag.UNIT, CueTag.LEAD, CueTag.TASK},
        lacks=(_U,),
    ),
    _rule(
        "几项任务",
        Want.COUNT_TASKS,
        "市交通局有几项任务",
        "方案一共多少项任务",
        all={CueTag.HOW_MANY, CueTag.TASK},
        none={CueTag.AMOUNT},
    ),
    _rule(
        "几个责任单位",
        Want.COUNT_UNITS,
        "长江大保护有几家责任单位",
        "方案涉及多少个单位",
        all={CueTag.HOW_MANY, CueTag.UNIT},
        lacks=(_U,),
    ),
    _rule(
        "几个目标",
        Want.COUNT_TARGETS,
        "方案有多少个量化目标",
        "1.1有几个指标",
        all={CueTag.HOW_MANY, CueTag.TARGET},
        none={CueTag.TASK},
    ),
    _rule(
        "几家责任单位",
        Want.COUNT_UNITS,
        "8.2责任单位一共几家",
        all={CueTag.UNIT, CueTag.HOUSES},
        none={CueTag.TARGET},
        has=(_S,),
        lacks=(_U,),
    ),
    _rule("责任单位几家", Want.COUNT_UNITS, all={CueTag.UNIT, CueTag.HOUSES}, none={CueTag.TARGET}, lacks=(_S, _U)),
    _rule(
        "哪个牵头",
        Want.UNITS,
        "教育强市是教育局牵头还是发改局牵头",
        "财政局和发改局谁牵头幸福港城",
        all={CueTag.LEAD},
        some={CueTag.OR, CueTag.WHO},
        none={CueTag.TASK, CueTag.ASSIST, CueTag.WHICH},
        has=(_UU, _S),
    ),
    _rule(
        "单位在不在任务里",
        Want.HOLDS,
        "港航局参不参与长江大保护",
        "科经局牵头新型基础设施建设吗",
        all={CueTag.YES_NO},
        has=(_U, _S),
    ),
    _rule(
        "单位牵不牵头",
        Want.HOLDS,
        "住建局小城镇牵头",
        some={CueTag.LEAD, CueTag.ASSIST, CueTag.OWN},
        none={
            CueTag.WHICH,
            CueTag.WHAT,
            CueTag.TASK,
            CueTag.LIST,
            CueTag.SAY,
            CueTag.TARGET,
            CueTag.HOW_MANY,
            CueTag.AMOUNT,
            CueTag.WHO,
            CueTag.UNIT,
            CueTag.WHEN,
        },
        has=(_U, _S),
    ),
    _rule(
        "谁配合它做这项",
        Want.UNITS,
        "教育强市哪些单位配合教育局",
        all={CueTag.HELPERS},
        none={CueTag.TARGET, CueTag.WHEN, CueTag.HOW_MANY, CueTag.TASK},
        has=(_U, _S),
        lacks=(_UU,),
    ),
    _rule(
        "除了谁还有谁",
        Want.UNITS,
        "除了发改局,7.2还有哪些单位",
        "去掉发改局,5.3的单位",
        all={CueTag.EXCEPT},
        some={CueTag.WHO, CueTag.UNIT},
        none={CueTag.TASK},
        has=(_U, _S),
    ),
    _rule(
        "谁之外还有谁",
        Want.UNITS,
        "财政局之外7.3还有谁",
        all={CueTag.BESIDES},
        some={CueTag.WHO, CueTag.UNIT},
        none={CueTag.TASK},
        has=(_U, _S),
    ),
    _rule(
        "和谁一起",
        Want.UNITS,
        "市委人才办和谁一起做",
        all={CueTag.WHO, CueTag.BOTH},
        none={CueTag.TASK, CueTag.MOST},
        has=(_U,),
        lacks=(_S, _UU),
    ),
    _rule(
        "带数字的有哪些",
        Want.TARGETS,
        "2.2里面带数字的有哪些",
        all={CueTag.QUANTIFIED, CueTag.LIST},
        none={CueTag.NOT, CueTag.UNQUANTIFIED, CueTag.TASK},
        has=(_S,),
        lacks=(_U,),
    ),
    _rule(
        "多大的是哪个",
        Want.TARGETS,
        "产值类指标里不到100亿的是哪个",
        all={CueTag.WHO},
        some={CueTag.MORE, CueTag.LESS},
        none={
            CueTag.UNIT,
            CueTag.TASK,
            CueTag.LEAD,
            CueTag.ASSIST,
            CueTag.OWN,
            CueTag.WHEN,
            CueTag.YES_NO,
            CueTag.WHERE,
        },
        has=(_S, _F),
        lacks=(_U,),
    ),
    _rule(
        "多大的目标",
        Want.TARGETS,
        "超过100亿元的目标有哪些",
        some={CueTag.MORE, CueTag.LESS},
        has=(_F,),
        lacks=(_S, _U),
    ),
    _rule(
        "这个数是什么",
        Want.TARGETS,
        "150亿元是什么目标",
        some={CueTag.TARGET, CueTag.WHAT, CueTag.WHICH, CueTag.THAT, CueTag.AMOUNT, CueTag.LIST},
        has=(_F,),
        lacks=(_S, _U),
    ),
    _rule(
        "有没有期限的目标",
        Want.TARGETS,
        "哪些目标没写期限",
        "乡村建设行动里有期限的目标",
        "没有写期限的目标",
        some={CueTag.DATED, CueTag.UNDATED},
        all={CueTag.TARGET},
    ),
    _rule(
        "到期的目标",
        Want.TARGETS,
        "今年到期的目标有哪些",
        all={CueTag.WHEN, CueTag.TARGET},
        some={CueTag.LIST, CueTag.WHICH, CueTag.THIS_YEAR},
        lacks=(_S,),
    ),
    _rule(
        "什么时候完成",
        Want.DEADLINE,
        "5G基站什么时候建完",
        "卫生厕所普及率95%有期限吗",
        some={CueTag.WHEN, CueTag.DATED, CueTag.UNDATED},
        has=(_S,),
    ),
    _rule(
        "谁负责",
        Want.UNITS,
        "厕所革命这项工作谁负责",
        "长江大保护谁牵头",
        "金融十条涉及哪些单位",
        some={CueTag.WHO, CueTag.UNIT},
        none={CueTag.SECTION},
        has=(_S,),
        lacks=(_U,),
    ),
    _rule(
        "谁牵头",
        Want.UNITS,
        "特色小镇建设牵头的是",
        some={CueTag.LEAD, CueTag.ASSIST},
        none={CueTag.TASK, CueTag.SECTION},
        has=(_S,),
        lacks=(_U,),
    ),
    _rule(
        "目标多少", Want.TARGETS, "技改项目每年多少个", some={CueTag.TARGET, CueTag.AMOUNT, CueTag.HOW_MANY}, has=(_S,)
    ),
    _rule(
        "每年的目标",
        Want.TARGETS,
        "每年都要完成的目标有哪些",
        some={CueTag.YEARLY, CueTag.AVERAGE, CueTag.MAINTAIN},
        lacks=(_S,),
    ),
    _rule(
        "一个单位几项",
        Want.COUNT_TASKS,
        "财政局有份的一共几个",
        "住建局牵头多少",
        all={CueTag.HOW_MANY},
        none={CueTag.TARGET, CueTag.UNIT, CueTag.AMOUNT, CueTag.WHEN, CueTag.SECTION, CueTag.WHO},
        has=(_U,),
        lacks=(_S, _F),
    ),
    _rule(
        "所牵头任务的单位",
        Want.UNITS,
        "卫健局牵头那项的责任单位",
        "市卫健局牵头任务的配合单位有哪些",
        all={CueTag.LEAD, CueTag.OF_THEM},
        none={CueTag.SAY, CueTag.WHEN, CueTag.AMOUNT, CueTag.YES_NO},
        has=(_U,),
        lacks=(_S,),
    ),
    _rule(
        "谁配合它",
        Want.UNITS,
        "哪些单位配合交通局",
        "谁来配合住建局",
        all={CueTag.HELPERS},
        none={CueTag.TARGET, CueTag.WHEN, CueTag.HOW_MANY, CueTag.BOTH},
        has=(_U,),
        lacks=(_S, _UU),
    ),
    _rule("单位的目标", Want.TARGETS, "市交通局有哪些目标", all={CueTag.TARGET}, has=(_U,)),
    _rule("单位的期限", Want.DEADLINE, "交通局的任务什么时候到期", all={CueTag.WHEN}, has=(_U,)),
    _rule("单位的任务", Want.TASKS, "市交通局负责哪些任务", "发改局没参与的任务", has=(_U,)),
    _rule("哪项任务", Want.TASKS, "垃圾分类是哪条", "第五部分有哪些任务", some={CueTag.TASK, CueTag.WHERE}, has=(_S,)),
    _rule("讲什么", Want.SAYS, "5.1讲什么", "佛手山药", has=(_S,)),
    _rule("哪一年的呢", Want.TARGETS, "2027年呢", "那到2030年呢", all={CueTag.YEAR_END, CueTag.SWITCH}, lacks=(_S, _U)),
    _rule(
        "是不是",
        Want.HOLDS,
        all={CueTag.YES_NO},
        some={CueTag.LEAD, CueTag.ASSIST, CueTag.OWN},
        none={CueTag.TASK, CueTag.LIST},
    ),
    _rule("有没有量化", Want.TARGETS, all={CueTag.YES_NO, CueTag.QUANTIFIED}, none={CueTag.TASK}),
    _rule("什么时候", Want.DEADLINE, all={CueTag.WHEN}),
    _rule(
        "有没有期限", Want.DEADLINE, some={CueTag.DATED, CueTag.UNDATED}, none={CueTag.TARGET, CueTag.TASK, CueTag.UNIT}
    ),
    _rule("谁", Want.UNITS, some={CueTag.WHO, CueTag.UNIT}),
    _rule("目标", Want.TARGETS, "方案有哪些目标", some={CueTag.TARGET, CueTag.AMOUNT, CueTag.HOW_MANY}),
    _rule("任务", Want.TASKS, "方案有哪些任务", some={CueTag.TASK}, has=()),
    _rule("牵头的", Want.TASKS, some={CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}),
    _rule("内容", Want.SAYS, some={CueTag.SAY, CueTag.DETAIL}),
    _rule("光一个数", Want.TARGETS, "150亿元", has=(_F,), lacks=(_S, _U)),
)


def first_rule(tags: frozenset[CueTag], has: frozenset[Has]) -> IntentRule | None:
    return next((rule for rule in RULES if rule.applies(tags, has)), None)
