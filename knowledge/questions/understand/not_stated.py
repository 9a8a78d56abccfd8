"""What is asked of things that a plan only names: what they mean, how two differ, who is on a list in person.

A row is a way of asking and the kinds of entries that do not answer it: a fact says what 双组长制 is, an action only
names what is done. A plan in whose text the words of the question stand may answer it. The sentences run as tests.
"""

from collections.abc import Set
from dataclasses import dataclass, replace

from knowledge.entities.library import Library
from knowledge.language.cues import CueTag
from knowledge.language.pattern import Sign, sign
from knowledge.plan.key import PARTS, WORK, EntryKind
from knowledge.questions.answer import Why
from knowledge.questions.answering.selection import Selection
from knowledge.questions.answering.thing_answers import things_of
from knowledge.questions.context import Reading, Trouble
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import OF_PROGRESS, Query, Want
from knowledge.questions.understand.intents import ASKING


@dataclass(frozen=True, slots=True)
class Unsaid:
    """A way of asking for what no plan states of entries of some kinds."""

    sign: Sign
    of: Set[EntryKind]
    units: bool = False
    """Whether that holds of units, too."""


_EVERY = frozenset(EntryKind)
_FACTS = frozenset({EntryKind.FACT})
_WHAT = "(?:什么|啥子?|么子|么事?|哪样)"

UNSAID: tuple[Unsaid, ...] = (
    Unsaid(
        sign(
            rf"{_WHAT}(?:意思|含义|概念|定义|玩意|鬼)|^什么叫做?|[^为]{_WHAT}叫|啥叫|是?(?<!任务)指的?是?(?:{_WHAT}|哪[些几])"
            rf"|(?:是|做|干|拿来){_WHAT}用|有{_WHAT}(?:用|作用|用途|功效)|的?(?:定义|含义|用途)(?:是{_WHAT})?(?:,|$)"
            rf"|是个?{_WHAT}东西|是个{_WHAT}(?:,|$)|^{_WHAT}是|怎么(?:理解|解释)"
            r"|(?P<number>[二两三四五六七八九十\d]+)(?P<noun>[一-龥])[^,]*哪(?P=number)(?P=noun)",
            "双随机一公开是什么意思",
            "什么叫托管园区",
            "荧光增白剂是干啥用的",
            "四办四减指的是什么",
            "亩产论英雄怎么理解",
            "金融十条是哪十条",
            others=("长江大保护是什么任务", "三百工程写在哪十条"),
        ),
        PARTS,
    ),
    Unsaid(
        sign(
            rf"(?:有|是){_WHAT}(?:区别|不同|差别|两样|不一样)|(?:区别|不同|差别)(?:在哪|是{_WHAT}|大不大|大吗)|差在哪|(?:哪里?|哪儿)不一样"
            "|(?:一样不一样|是不是一(?:回事|码事|个东西|家))",
            "飞地园区和托管园区有什么区别",
            "隐形冠军跟单项冠军差在哪",
            "智慧医院和普通医院哪里不一样",
            others=("这两项差多少",),
            unless="任务|职责|分工|责任|负责|牵头|参与|单位",
        ),
        PARTS,
        units=True,
    ),
    Unsaid(
        sign(
            rf"为(?:{_WHAT}|何)(?:要|会)?(?:叫|取名|起名)|(?:名字|名称|地名|叫法).{{0,4}}(?:来的|由来|来历)|(?:怎么|咋)来的(?:名字)?$|(?:的|什么)(?:由来|来历|典故)",
            "三百工程为什么叫三百",
            "武穴的名字怎么来的",
            "仙姑山的由来",
        ),
        _EVERY,
        units=True,
    ),
    Unsaid(
        sign(
            r"(?:全文|原件|电子版|扫描件|pdf)|逐[条字句](?:发|念|列|报|讲)|(?<=[一-龥]{2})第[一二三四五六七八九十\d]+[条款章](?:是|写|讲|说|怎么|规定|内容)",
            "金融十条全文发我",
            "金融十条里第二条写的什么",
            others=("第二条写的什么",),
        ),
        PARTS | _FACTS,
    ),
    Unsaid(
        sign(
            "姓名|具体是(?:谁|哪几[位个人])|是哪些(?:人|领导|干部)|(?:名字|名单|花名册)(?:给|报|发|列|念|有|在|都|,|$)|(?:给|报|发|列|要)(?:我|下|一下|个|份|出来?)*(?:名字|名单)|人员名单",
            "副组长的姓名",
            "副组长具体是哪几位",
            "搬迁的化工企业名单有没有",
            "大班额的学校给个名单",
            unless="(?:单位|部门|局|委|街道|镇)的?(?:名字|名单|有|是|都)|任务|项目|牵头|负责(?!同志|人)",
        ),
        WORK | _FACTS,
    ),
    Unsaid(
        sign(
            "(?:认定|申[报请]|评[定选审估]|入[选库围]|验收|考核|补[助偿]|征收|法律|政策|收费|处罚|奖励|享受|办理)的?(?:条件|标准|依据|流程|程序|手续|资格|门槛|细则|范围|对象)",
            "省级龙头企业的认定条件",
            "标准地出让的法律依据",
            "家庭农场申报条件有哪些",
        ),
        WORK,
    ),
    Unsaid(
        sign(
            r"[今昨]天|[今昨]晚|今早|今夜|昨夜|这会儿|此刻|上(?:一?次|回|一?周|个月|星期).{0,8}会议?.{0,4}(?:定|说|讲|议|布置|安排|通过)",
            "今天空气质量指数多少",
            "上次联席会议定了什么",
            unless="截[至止]|到期|期限|时限|还[有剩]|报|多少天|几天|任务|目标|方案",
        ),
        _EVERY,
    ),
    Unsaid(
        sign(
            rf"(?:属于?|位于|坐落|地处)(?:在|于)?(?:哪一?个?|{_WHAT})(?:镇|乡|村|街道|县|市|地方|位置)|在(?:哪一?个?)(?:镇|乡|村|县|位置)"
            "|(?:都|分别)[建设落]在哪(?![条项个几一块])|排(?:名|在)?第?几|排名多少|全[省国市]第几",
            "彭河村属于哪个镇",
            "电子信息园在哪个村",
            "农产品基地都建在哪",
            unless="任务|方案|负责|牵头",
        ),
        PARTS,
        units=True,
    ),
    Unsaid(
        sign(
            "下台|下课|撤职|免职|丢官|乌纱|坐牢|判刑|双规|落马|升官|贪污?了|受贿|行贿|索贿|回扣|吃拿卡要|举报|被(?:抓|查了|免|撤|调查|带走)"
            "|(?:被|受到?|挨)(?:过|了)?(?:问责|处分|处理|抓|免|撤|约谈|批评|表扬|开除).{0,6}(?:谁|哪[个些几位]|多少人|几个人)"
            "|(?:谁|哪[个些几位]|多少人|几个人).{0,4}(?:被|受到?|挨)(?:过|了)?(?:问责|处分|处理|抓|免|撤|约谈|批评|表扬|开除)",
            "完不成的话哪个领导会下台",
            "被问责的都有谁",
            "哪些干部被问责",
        ),
        _EVERY,
        units=True,
    ),
    Unsaid(
        sign(
            r"我(?:的|家的?)[^,哪]{1,6}(?:到哪|去哪|没到|没收到)|还[有剩](?:没有)?[空余]?(?:床位|名额|位[置子]|房[源子]|岗位|票|号源?)(?:吗|么|没|不|$)",
            "我的快递到哪了",
            "幼儿园还有名额吗",
        ),
        _EVERY,
        units=True,
    ),
)


def unsaid(reading: Reading, piece: Piece, library: Library) -> Reading:
    """What is answered of a piece, declined where the answer would only name what is asked for."""
    meant, said = reading.meant, _asked_last(piece)
    query = meant if isinstance(meant, Query) else meant.query if meant.why in _UNREAD else None
    if query is None:
        return reading
    kinds = {key.kind for key in query.topic}
    told = query.want in _TOLD or query.ids or query.sections or (query.phrases and reading.rule)
    rows = () if told else (row for row in UNSAID if (kinds <= row.of if kinds else row.units))
    found = (row.sign.find(said) for row in rows)
    if not (_is_short(query, piece, library) or any(one and not library.text.places_of(one[0]) for one in found)):
        return reading
    entries = reading.link.entries[:3] if reading.link else ()
    return replace(reading, meant=Trouble(Why.NOT_STATED, {"name": said}, open=entries, query=query))


_UNREAD = {Why.UNUSED, Why.UNKNOWN_NOUN, Why.WHICH_TOPIC}
_TOLD = OF_PROGRESS | {Want.THINGS, Want.DAYS}


def _is_short(query: Query, piece: Piece, library: Library) -> bool:
    """Whether more things are asked for than are named: 50个示范村是哪些."""
    found = things_of(query.things, Selection(query, library)) if query.things else ()
    named = {name for one in found for name in one.names}
    return bool(named) and any(one.unit in _COUNTING and one.value > len(named) for one in piece.figures)


_COUNTING = {"个", "家", "所", "座", "条", "项", "村", "名", "户"}


def _asked_last(piece: Piece) -> str:
    """The last clause that asks, with what follows it: 先不管什么意思,写在哪."""
    last = max((cue.start for cue in piece.cues if cue.tags & ASKING - {CueTag.SAY}), default=0)
    return piece.text[piece.text.rfind(",", 0, last) + 1 :]
