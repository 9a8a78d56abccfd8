"""How a turn goes on with what was said before: one row a kind, tried from the top, with conversations it is for."""

from dataclasses import replace

from knowledge.language.cues import CueTag
from knowledge.questions.context import QuestionContext, Trouble
from knowledge.questions.dialogue import merging as m
from knowledge.questions.dialogue.followup import OWN_WORDS, ROLES, Followup, Patch, SubjectKind, first
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import Query, Want
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.unit_terms import role_of

_N, _U, _W, _B, _S = SubjectKind.NOTHING, SubjectKind.UNITS, SubjectKind.WORK, SubjectKind.BOTH, SubjectKind.SET
_ANY = {_U, _W, _B}
_COUNTS = {CueTag.HOW_MANY, CueTag.HOUSES, CueTag.AMOUNT}
_WITHIN = {CueTag.AMONG, CueTag.THAT}
_TWO = {CueTag.BOTH, CueTag.WHICH_MORE, CueTag.COMPARE}
_OF_SUBJECT = m.OF_ONE - {Want.SAYS} | {Want.HOLDS, Want.COUNT_UNITS, Want.COUNT_TARGETS}
_NO_CHECK = {
    CueTag.TASK,
    CueTag.PLAN,
    CueTag.REST,
    CueTag.WHO,
    CueTag.TARGET,
    CueTag.WHEN,
    CueTag.HOW_MANY,
    CueTag.AMOUNT,
}
_MAY_CHECK = {Want.HOLDS, Want.SAYS, Want.TASKS, Want.UNITS}

# what goes on with words that were found or things that were listed
FOUND: tuple[Patch, ...] = (
    Patch(
        change=m.within_found,
        names={_W},
        of=_ANY,
        some=_WITHIN,
        examples=("市商务局有哪些任务→其中提到外贸的是哪项", "第五部分有哪些任务→里面提到电网的有哪些"),
    ),
    Patch(
        change=m.things_counted,
        names={_N},
        some=_COUNTS,
        none=OWN_WORDS - _COUNTS,
        examples=("方案提到哪些企业→有几家", "重点项目有哪些→一共几个"),
    ),
    Patch(
        change=m.found_there,
        names=_ANY,
        none=OWN_WORDS,
        examples=("方案提到哪些企业→第三部分呢", "方案提到哪些企业→8.3呢"),
    ),
)

PATCHES: tuple[Patch, ...] = (
    # ---- ranked, compared, both of two
    Patch(
        change=m.other_place,
        names={_N},
        some={CueTag.MOST, CueTag.LEAST},
        none={CueTag.WHO, CueTag.UNIT, CueTag.TASK, CueTag.TARGET, *ROLES},
        examples=("哪家牵头最多→第二多的呢", "哪条任务的责任单位最少→那最多的呢"),
    ),
    Patch(
        change=lambda turn: replace(turn.before, role=role_of(turn.tags)),
        names={_N},
        after=m.RANKED,
        all={CueTag.SWITCH},
        some=ROLES | {CueTag.OWN},
        none=(OWN_WORDS - ROLES - {CueTag.OWN}) | {CueTag.THEY},
        examples=("科经局和发改局哪个牵头多→那参与呢", "哪个单位任务最多→那牵头的呢"),
    ),
    Patch(
        change=m.largest,
        names={_N},
        all={CueTag.LARGEST},
        after={Want.TARGETS},
        examples=("300亿元以上的目标有哪些→最大的是哪个", "100亿元以上的目标有哪些→最小的呢"),
    ),
    Patch(
        change=m.of_both,
        names={_N, SubjectKind.FIGURE},
        some=_TWO,
        examples=("厕所普及率多少→那自来水呢→这两个归哪条任务", "7.1谁负责→7.2呢→两条都有的单位"),
    ),
    Patch(
        change=m.of_both_units,
        names={_N, SubjectKind.FIGURE},
        some=_TWO,
        examples=("税务局有哪些任务→医保局呢→两家有重合吗", "教育局几项任务→卫健局呢→哪个任务多"),
    ),
    Patch(
        change=m.of_both_units,
        names={_U},
        of={_U},
        some={CueTag.WHICH_MORE, CueTag.COMPARE},
        examples=("住建局有多少任务→跟自规局比呢", "残联有哪些任务→和妇联比较一下"),
    ),
    Patch(
        change=m.one_of_several,
        names={_N},
        wants=m.OF_ONE | {Want.COUNT_UNITS},
        all={CueTag.WHOLE},
        examples=("市发改局牵头哪些→这条的责任单位", "教育局参与哪几条→这项谁牵头"),
    ),
    # ---- a unit and a task, one of which was spoken of
    Patch(
        change=m.unit_has_part,
        names={_W},
        wants=_MAY_CHECK,
        all={CueTag.YES_NO},
        none=_NO_CHECK,
        examples=("港航局这次领了几件事,哪几件→开放平台那条有没有它", "梅川镇的任务→里面有没有现代农业"),
    ),
    Patch(
        change=m.has_part,
        names={_U},
        wants=_MAY_CHECK,
        all={CueTag.YES_NO},
        none=_NO_CHECK,
        examples=("过江通道在哪条→港航局在里面吗", "卫健局牵头哪一项→医保局也参加了吧"),
    ),
    Patch(
        change=m.has_the_same,
        names={_U},
        of={_U},
        after={Want.TASKS},
        all={CueTag.YES_NO},
        none=ROLES,
        examples=("工商联干哪些→税务局也是这两条吗", "教育局有哪些任务→卫健局也是这几项吧"),
    ),
    # ---- units are named, and nothing else
    Patch(
        change=m.of_other_units,
        names={_U},
        of={_N},
        after={*m.OF_UNITS, Want.TARGETS, Want.COUNT_TARGETS},
        none=OWN_WORDS,
        examples=("超过100亿元的目标→其中农业农村局的呢", "审计局有哪些任务→那财政局呢"),
    ),
    Patch(
        change=m.only_theirs,
        names={_U},
        of={_U},
        all={CueTag.ONLY},
        none=OWN_WORDS,
        examples=("民政局与文旅局任务上的异同→只有民政局有的呢", "教育局和卫健局都参与的→只有教育局有的"),
    ),
    Patch(
        change=m.with_other_unit,
        names={_U},
        of={_U},
        after=m.OF_UNITS,
        all={CueTag.AND, CueTag.SWITCH},
        none=OWN_WORDS,
        examples=("卫健局和医保局一起干的→那跟民政局呢", "财政局和人社局都有的任务→和医保局呢"),
    ),
    Patch(
        change=m.with_unit,
        names={_U},
        of={_U},
        after=m.OF_UNITS,
        some={CueTag.BOTH, CueTag.AMONG, CueTag.AND},
        examples=("自规局有哪些任务→和住建局共同的呢", "财政局和人社局共同任务→加上教育局"),
    ),
    Patch(
        change=m.of_other_units,
        names={_U},
        of={_U, _B},
        none=OWN_WORDS,
        examples=("教育局牵头哪项→卫健局呢", "市文旅局有哪些任务→换成民政局"),
    ),
    Patch(
        change=m.has_part,
        names={_U},
        of={_W},
        after={Want.UNITS, Want.HOLDS},
        none=OWN_WORDS,
        examples=("7.1有哪些单位→那残联呢", "过江通道谁负责→港航局呢"),
    ),
    # ---- work is named, and nothing else; or a figure
    Patch(
        change=m.named_among,
        names={_W},
        after=m.OF_UNITS,
        wants={Want.TASKS, Want.UNITS, Want.SAYS},
        none={CueTag.UNIT, CueTag.OWN, CueTag.YES_NO, *ROLES},
        examples=("环保局牵头几项→黑臭水体是其中哪条", "文旅局参加哪些→专门说旅游的是哪个"),
    ),
    Patch(
        change=m.asks_who,
        names={_W},
        wants={Want.UNITS},
        none={CueTag.UNIT, CueTag.OWN, CueTag.REST, *ROLES},
        examples=("健康武穴谁牵头→教育强市又是谁", "7.1谁配合→那7.2是谁"),
    ),
    Patch(
        change=m.of_other_work,
        names={_W},
        after=_OF_SUBJECT,
        none=OWN_WORDS,
        examples=("2.1谁牵头→2.2呢", "空气优良率目标→水环境的呢"),
    ),
    Patch(
        change=lambda turn: replace(turn.before, sections=turn.query.sections) if turn.query.sections else None,
        names={_W},
        of={_U},
        after={Want.TASKS},
        none=OWN_WORDS,
        examples=("市卫健局任务→第七部分的", "商务局参与哪些任务→第四部分呢"),
    ),
    Patch(
        change=lambda turn: replace(turn.before, want=Want.FIGURE),
        names={SubjectKind.FIGURE},
        of=_ANY,
        after=m.OF_TARGETS,
        all={CueTag.YES_NO},
        examples=("空气质量目标→是不是98%", "5G基站目标→是700个吗"),
    ),
    Patch(
        change=lambda turn: replace(turn.before, want=Want.FIGURE),
        names={SubjectKind.FIGURE},
        of={_W, _B},
        all={CueTag.YES_NO, CueTag.TARGET},
        examples=("5G基站谁负责→目标是700个吗", "5.2讲什么→目标是不是600个"),
    ),
    # ---- nothing is named: more of the list, another part in it
    Patch(
        change=lambda turn: turn.before,
        names={_N},
        after=m.OF_TARGETS,
        some={CueTag.YEARLY, CueTag.AVERAGE, CueTag.MAINTAIN},
        none={CueTag.TASK, CueTag.TARGET, CueTag.UNIT, CueTag.OWN, *ROLES},
        examples=("高新技术企业新增多少家→是每年吗", "外贸目标多少→是年均吗"),
    ),
    Patch(
        change=m.stands_alone,
        names={_N},
        examples=("5G基站谁负责→方案有几个部分", "教育局有哪些任务→一起的有哪些"),
    ),
    Patch(
        change=m.in_all_roles,
        names={_N},
        of={_U},
        wants={Want.COUNT_TASKS},
        examples=("重点项目服务中心牵头的任务→配合的任务呢→一共几项", "科经局牵头哪些→配合的呢→总共多少项"),
    ),
    Patch(
        change=m.how_many,
        names={_N},
        after={Want.UNITS, Want.COUNT_UNITS},
        wants={Want.TARGETS},
        none=m.MEASURED,
        examples=("7.1讲什么→哪些单位参与→几家", "长江大保护谁牵头→配合的有几家"),
    ),
    Patch(
        change=m.how_many,
        names={_N},
        of={_U, _B},
        after=m.OF_UNITS,
        wants={Want.TARGETS},
        none=m.MEASURED,
        examples=("市科经局参与哪些任务→牵头的→几个", "住建局有哪些任务→只看牵头的→一共几个"),
    ),
    # ---- nothing is named: something else of the same
    Patch(
        change=m.checked_role,
        names={_N},
        of={_B},
        after={Want.HOLDS},
        all=ROLES,
        examples=("教育局参与5.2吗→是牵头还是配合", "港航局参与开放平台建设吗→牵头还是配合"),
    ),
    Patch(
        change=m.checked_role,
        names={_N},
        of={_B},
        after={Want.HOLDS},
        wants={Want.HOLDS},
        examples=("文旅局负责现代服务业吗→是牵头吗", "残联负责打造幸福港城吗→是不是牵头"),
    ),
    Patch(
        change=m.which_of_them,
        names={_N},
        of={_U},
        after=m.OF_UNITS,
        wants={Want.UNITS},
        some=ROLES,
        none={CueTag.UNIT, CueTag.OWN},
        examples=("住建局有哪些任务→打头的是哪个", "财政局参与哪些任务→牵头的是哪个"),
    ),
    Patch(
        change=m.units_of,
        names={_N},
        wants={Want.UNITS, Want.COUNT_UNITS},
        examples=("绿色低碳发展谁负责→牵头的是谁", "2.1谁牵头→还有谁"),
    ),
    Patch(
        change=m.units_of,
        names={_N},
        of={_W, _B},
        wants={Want.TASKS, Want.HOLDS},
        some=ROLES,
        examples=("6.1有哪些单位→牵头的呢", "8.2讲的啥→牵头呢"),
    ),
    Patch(
        change=m.units_of,
        names={_N},
        of={_W},
        after={Want.UNITS},
        wants={Want.TASKS},
        some={CueTag.OWN, CueTag.REST},
        none={CueTag.TASK},
        examples=("1.3谁牵头→参与的还有", "长江大保护谁牵头→参与的呢"),
    ),
    Patch(
        change=m.of_it,
        names={_N},
        of={*_ANY, _S},
        examples=(
            "市住建局有哪些任务→牵头的呢",
            "科经局牵头哪些→目标呢",
            "哪个单位牵头最多→是哪几项",
            "除开发改局,哪个单位摊的任务最多→多少项",
        ),
    ),
)


def patched(piece: Piece, query: Query, rule: IntentRule | None, asked: QuestionContext) -> Query | Trouble:
    """The query with what the turns before add to it."""
    turns = asked.memory.spoken(names=query.has_subject)
    turns = turns[1:] if CueTag.BACK in piece.tags and len(turns) > 1 else turns  # 前一个的牵头单位
    found = Followup(asked, piece, turns, query, rule)
    listed = replace(found, turns=(m.as_list(turns[0]), *turns[1:]))
    return first(FOUND, found) or first(PATCHES, listed) or query
