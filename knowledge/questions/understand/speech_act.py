"""Whether a sentence asks at all: not a report, not an order, and of something."""

import re

from knowledge.language.cues import CueTag, tags_in
from knowledge.language.lattice import Sense
from knowledge.questions.parse.utterance import Piece
from knowledge.questions.query import OF_PROGRESS, Query, Want
from knowledge.questions.understand.intent_rule import IntentRule
from knowledge.questions.understand.intents import ASKING


def points(piece: Piece) -> bool:
    """Whether 这个 or 那个 points at something else than the unit that it stands before (那个人社局).

    牵头那一项 points at nothing: 那 is typed for 哪.
    """
    starts = {mention.start for mention in piece.mentions}
    roles = {cue.start + len(cue.text) for cue in piece.cues if cue.tags & {CueTag.LEAD, CueTag.ASSIST, CueTag.OWN}}
    roles |= {at + 1 for at in roles if piece.text.startswith("的", at)}
    pointing = (cue for cue in piece.cues if CueTag.THAT in cue.tags and cue.start not in roles)
    return any(cue.start + len(cue.text) not in starts for cue in pointing)


def is_order(piece: Piece) -> bool:
    """把5G基站的目标改成800个, 给交通局发个通知: what is to be done, and nothing asked; not so 把7.2去掉,剩下的."""
    changes = _CHANGES.search(piece.text) and CueTag.REST not in piece.tags
    return bool(changes or ((_ORDERS.search(piece.text) or _DO_IT.search(piece.text)) and not piece.tags & ASKING))


_PLEASE = "^(?:请|麻烦|劳驾)?(?:你|您)?(?:帮我|替我|给我|帮忙|帮)?"
_CHANGES = re.compile(
    f"{_PLEASE}(?:把|将).+(?:改成|改为|调成|调到|调整为|换成|标成|标为|设成|设为|定为|删掉|删除|去掉|分给|交给|派给|发给|转给)"
)
_ORDERS = re.compile(
    f"{_PLEASE}(?:(?:再)?(?:催一?[下催]|催办|催促|督促|通知|转告|告诉(?!我))"
    "|(?:给|向|跟).{2,12}?(?:发|打|写|送|转|捎)[一个封条份句]"
    "|(?:这|那)?(?:一?[条项件个]|些|事)*[就先]?直?接?(?:改派|转派|分派|移交|转办|批转|[派转交]给)(?!.*的)"
    "|(?:删掉|删除|取消|撤销|修改|新增一项|增加一项))"
)


_DO_IT = re.compile("(?<![讲说看查问列报找念数算理核对解绍总告诉我认下])一下[吧啊呗哈]?$")
"""审批一下: something else than to look up."""


def asks_for_an_opinion(piece: Piece) -> bool:
    """你觉得哪个局好, 你是什么大模型: what the bot thinks or is."""
    return bool(_OPINIONS.search(piece.text))


_OPINIONS = re.compile(
    "(?:明年|今年|以后|将来|下任|下届|下一任).{0,6}(?:会不会|能不能|会是谁|会涨|会跌|会下)|太[宽多少乱差严松]了|"
    "(?:有没有用|有用吗|好不好|值不值|靠不靠谱|合不合理|该不该|有没有意义|划不划算|写得怎么样)[啊呀呢嘛]?$|"
    "[你您](?:支持|赞成|反对|同意).*[吗嘛么不]$|"
    "[你您](?:个人|自己|本人|最|更|平时)*"
    "(?:觉得|认为|看好|喜欢|支持哪|支不支持|支持不支持|怎么看|怎么评价|评价一下)|"
    "哪[家个]?(?:更|最)?(?:强|厉害|靠谱|好玩|好吃|好看)[些点]?[啊呀呢嘛]?$|"
    "(?<!看)能不能(?:完成|实现|做成|达到)|吹牛|吹的|忽悠|画大?饼|看悬|够呛|糊弄|喊口号|走过场|真(?:的|个)?(?:能|会|可能|可以|做得|搞得)[到成够得把]"
    "|(?:跟|和|与|同|比)(?:国外|外国|外面|别的?(?:地方|县|市|省)|人家|兄弟县市?|周边|隔壁).{0,4}(?:比|差|强|好|高|低)"
    "|(?:算|是)[高低多少大小快慢](?:还是|不)[高低多少大小快慢]|^[你您](?:现在|今天|如今|要|就)+是(?!说|指|讲|问|不是)|扮演|假装|[讲说]两句|"
    "^[你您](?:是(?:什么|哪家|哪个|谁做|谁开发|真人|机器人)|用的|几岁|多大)"
)


def asks_for_a_person(piece: Piece) -> str:
    """The office whose holder is asked for (镇长是谁, 哪位局长), or "": who holds it stands in no plan."""
    if _IS_SOMEBODY.search(piece.text):
        return piece.text
    for match in piece.cover:
        start = piece.cells[match.start].start
        before, behind = piece.text[:start], piece.text[start + len(match.text) :]
        if not any(w.sense is Sense.CUE and CueTag.PERSON in tags_in(w.key) for w in match.words):
            continue
        called = _IS_CALLED.search(before) and not _SPEAKS.match(behind)
        if called or _WHO_IS.search(before) or _OF_PERSON.match(behind):
            return match.text
        if _IS_WHO.match(behind):
            return match.text
    return ""


_IS_SOMEBODY = re.compile(
    "[^的头]是哪一?位[啊呀呢嘛]?$|哪一?位(?:领导|干部|负责人)(?!.{0,4}(?:帮|告诉|知道|能|清楚))|(?<!组)长(?:是谁|是哪位|叫什么|姓什么)|贵姓|尊姓|姓甚"
)
_IS_WHO = re.compile(
    "(?:同志)?(?:现在|目前|如今|到底|究竟)?(?:(?:是|叫|姓)(?:谁|哪|什么|啥|何人|甚么)|(?:谁|哪个|哪位)[啊呀呢嘛]?$|的?(?:名字|姓名|姓啥|大名))"
)
_IS_CALLED = re.compile("(?:^|[^一-龥])[^正老新哪各两几位名]$")
"""刘副市长, 王局长: somebody by name."""
_SPEAKS = re.compile("他?(?:刚|又|也|都|就|想)?(?:说|问|讲|要|让|叫|催|安排|交代|吩咐|提醒|通知)")
_OF_PERSON = re.compile(
    "(?:本人)?的?(?:简历|履历|学历|年龄|籍贯|照片|电[话活]|手[机几]|微信|邮箱|是男|是女|男的|女的|多大|几岁)"
    "|(?:换人|换了|换没换|调走|上任|退休|家里|老家)"
)
_WHO_IS = re.compile(
    "哪个副?$|(?:谁是|谁当|谁任|哪位|哪个是|哪名|几个|几位|几名|多少个|多少位|哪些)(?:我们|咱们|现在的?)?[\u4e00-\u9fff]{0,6}$"
)
_REPORTS = re.compile(r"达到|新增了?|完成了?|建成了?|已|了(?![吗么没])|为|突破")


_IS_SO_FAR = re.compile(r"了[^,]*[\d零一二两三四五六七八九十百千万亿点%]+\w{0,2}了$")
"""这个5G基站建了620个了."""


def is_report(piece: Piece) -> bool:
    """5G基站建成620个 tells, it does not ask."""
    if piece.tags & (ASKING | {CueTag.LEAD, CueTag.ASSIST, CueTag.UNIT}):
        return False
    if piece.figures and _IS_SO_FAR.search(piece.text):
        return True
    if piece.tags & {CueTag.OWN, CueTag.SWITCH, CueTag.THAT}:
        return False
    return CueTag.DONE in piece.tags or (bool(piece.figures) and bool(_REPORTS.search(piece.text)))


_WHOLE = {Want.COUNT_SECTIONS}
"""Of all of the plan where nothing is named."""


def asks_something(query: Query, piece: Piece, rule: IntentRule | None) -> bool:
    """Whether a query names what it is about, or is surely of the whole plan."""
    if (
        CueTag.SOON in piece.tags
        or query.has_subject
        or query.counted
        or query.figure
        or query.period
        or query.measured_in
        or query.extreme
        or query.things
        or query.by
        or query.dated is not None
    ):
        return True
    if query.want in OF_PROGRESS:
        return True
    if query.want in _WHOLE:
        return True
    whole = (
        bool(piece.tags & {CueTag.PLAN, CueTag.LIST, CueTag.HOW_MANY, CueTag.HOUSES, CueTag.TOTAL})
        and rule is not None
        and not piece.topic
    )
    whole = whole and (CueTag.PLAN in piece.tags or not piece.tags & {CueTag.THAT, CueTag.THEY, CueTag.BOTH})
    whole = whole and (query.want is not Want.TARGETS or bool(piece.tags & {CueTag.TARGET, CueTag.QUANTIFIED}))
    return whole and query.want in {
        Want.TASKS,
        Want.TARGETS,
        Want.UNITS,
        Want.COUNT_TASKS,
        Want.COUNT_UNITS,
        Want.COUNT_TARGETS,
    }
