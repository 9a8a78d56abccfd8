"""What must not be here (密级、批示原文、身份证号 …): found at the door, before a message is stored.

Only substance is refused: a mark, a number, an amount, a name. To speak of such things is not: 征地受阻,需市自规局协调.
Keywords are no review: what no pattern can know (未发布的统计数据, one enterprise's figures) is only reminded of.
Every rule stands beside what it must catch and what it must not; a test runs them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import normalize

from stdnum import luhn
from stdnum.cn import ric
from stdnum.util import clean

from handlers.services.texts_accusations import ACCUSED, OF_WORK


class RedLine(StrEnum):
    SECRET = "secret"  # noqa: S105 - 密级
    INTERNAL = "internal"
    INSTRUCTION = "instruction"
    FLOOR_PRICE = "floor_price"
    COMPENSATION = "compensation"
    CADRES = "cadres"
    CASE = "case"
    IDENTITY = "identity"
    BANK_CARD = "bank_card"


@dataclass(frozen=True, slots=True)
class RedLineRule:
    """`holds` says of what the pattern found whether it is really meant (a checksum)."""

    reason: RedLine
    pattern: re.Pattern[str]
    catches: tuple[str, ...]
    spares: tuple[str, ...]
    holds: Callable[[str], bool] = lambda _: True


def _is_identity(found: str) -> bool:
    """By the check digit; not by the place, which the library takes for wrong where it was renamed after the birth."""
    digits = clean(found, " -").upper()
    return ric.calc_check_digit(digits) == digits[-1]


def _is_card(found: str) -> bool:
    return luhn.is_valid(clean(found, " -"))


_AMOUNT = r"(?<!\d)\d[\d,.]{0,15} ?(?:(?:万亿|亿|万)?(?:元|亩)|[万亿])"
_OPEN, _CLOSE = r"[\[【(（《<]", r"[\]】)）》>]"
_PERSON = r"[\u4e00-\u9fff]{2,4}"

RULES = (
    RedLineRule(
        RedLine.SECRET,
        re.compile(
            rf"(?:绝密|机密|秘密)\s*[★☆]|密级(?:\s*[:：])?\s*(?:绝密|机密|秘密)|{_OPEN}\s*(?:绝密|机密|秘密)(?:级|件)?\s*{_CLOSE}"
            r"|(?m:^)[ \t]*(?:绝密|机密|秘密)(?:级|件|文件)?[ \t]*(?m:$)|(?m:^)(?:绝密|机密|秘密)[-_—. 、:：]"
            r"|(?:绝密|机密)(?:级|件|文件)\s*[:：,，]"
        ),
        (
            "机密★1年 关于招商工作的报告",
            "密级：秘密",
            "【绝密】专报第3期",
            "秘密\n各单位:",
            "机密-名单.pdf",
            "机密：城区建设方案",
            "机密件：转发如下",
        ),
        ("加强商业秘密保护", "密级文件怎么报送", "机密要求有哪些", "不要发秘密文件", "涉密内容不在这里说"),
    ),
    RedLineRule(
        RedLine.INTERNAL,
        re.compile(
            rf"(?<!防止)(?<!严控)(?<!杜绝)(?<!严防)内部(?:资料|文件|材料|刊物)[^。\n]{{0,8}}(?:注意保存|妥善保管|注意保密|外传|外泄|阅后)"
            rf"|{_OPEN}\s*内部(?:资料|文件|材料){_CLOSE}|(?m:^)[ \t]*内部(?:资料|文件|材料)[ \t]*(?m:$)"
            r"|(?:仅供|仅限|限)内部(?:使用|参考|传阅|掌握)|(?:严禁|不得|请勿|禁止)(?:对外)?外传"
        ),
        ("内部资料 注意保存", "【内部文件】通报", "此件仅供内部掌握", "以下材料请勿外传：", "内部材料，严禁外传"),
        (
            "内部资料能不能发",
            "严控内部资料外传的通知怎么落实",
            "防止内部文件外泄",
            "加强企业内部管理",
            "内部审计已完成",
            "单位内部分工已明确",
        ),
    ),
    RedLineRule(
        RedLine.INSTRUCTION,
        re.compile(r"批示[^。,，:：\n]{0,6}[:：]\s*[“\"「']?\S{4,}|批示[^。\n]{0,4}[“「\"][^”」\"]{4,}"),
        ("张书记批示：请科经局抓紧落实", "领导作出批示:“要求月底前完成”", "市长批示原文：此事请交通局研究"),
        ("已按批示精神落实", "批示件已办结", "领导批示要求尽快开工", "聊天里的意见不是批示"),
    ),
    RedLineRule(
        RedLine.FLOOR_PRICE,
        re.compile(rf"(?:底价|谈判底线|让利底线)[^。\n]{{0,14}}?(?:{_AMOUNT})|(?:{_AMOUNT})[^。\n]{{0,6}}底价"),
        ("这个项目招商底价是12万元/亩", "谈判底线 8000万元", "土地按20万/亩的底价谈"),
        ("招商引资到位资金12亿元", "底价由市招商投资促进中心把握", "出让底价还没有定"),
    ),
    RedLineRule(
        RedLine.COMPENSATION,
        re.compile(
            rf"(?:征地|拆迁|征迁|征收|搬迁|安置)[^。\n]{{0,10}}(?:补偿|赔偿)[^。\n]{{0,14}}?(?:{_AMOUNT})"
            r"|(?:补偿|安置)(?:款|金|费|对象|户)?名单\s*[:：]"
        ),
        ("张三家征地补偿35万元", "拆迁户李某补偿款48.6万元", "征收补偿标准4.5万元/亩", "补偿名单：张三、李四"),
        ("征地受阻，需市自规局协调", "征迁补偿还有3户未签", "完成棚户区改造安置1200户", "征地1200亩已完成"),
    ),
    RedLineRule(
        RedLine.CADRES,
        re.compile(
            rf"(?:考察对象|考察名单|考察人选|拟任人选|拟提拔(?:人选|对象)|干部考察材料)[^。\n]{{0,6}}[:：]\s*\S{{2,}}"
            rf"|拟(?:提拔|任命|推荐|免去){_PERSON}(?:同志)?(?:为|任|担任|的)"
        ),
        ("考察对象：张三、李四", "干部考察人选：李四拟任副局长", "拟提拔王五同志为副局长", "拟任人选名单：赵六"),
        ("干部考察由组织部负责", "实地考察企业12家", "外出招商考察：上海、苏州", "干部人才队伍建设"),
    ),
    RedLineRule(
        RedLine.CASE,
        re.compile(
            r"(?:案件|问题|违纪|举报)线索\s*[:：]\s*\S{4,}"
            r"|(?:反映|举报|线索)[^。\n]{0,16}(?:涉嫌|收受.|挪用.|(?:受贿|行贿|贪污)[^。\n]{0,6}\d)"
            r"|涉嫌(?:违纪|违法|受贿|行贿|贪污|职务犯罪)[^。\n]{0,20}(?:\d|同志|局长|书记|主任|镇长|科长|某)"
        ),
        ("问题线索：某局长收受好处费", "群众举报王某涉嫌贪污", "反映李主任收受红包", "张某涉嫌受贿20万元"),
        ("案件线索由纪委监委办理", "清廉村居建设39个", "举报电话是多少", "受理投诉线索12条"),
    ),
    RedLineRule(  # what a person brings against somebody in public office
        RedLine.CASE,
        re.compile(rf"\A(?![\s\S]*(?:{OF_WORK}))[\s\S]*?(?:{ACCUSED})"),
        (
            "举报某局长收钱",
            "我要举报某局长受贿",
            "实名举报镇长",
            "我们村书记吃拿卡要",
            "村主任收了我五千块钱才给办低保",
            "张局长受贿",
            "村长贪污",
            "村书记的小舅子包工程",
            "有个民警要了我两条烟",
            "干部贪污找谁举报",
            "反映李主任收受红包",
            "有个当官的收红包",
            "我们镇一个领导吃拿卡要",
            "村官优亲厚友",
            "低保钱被村主任贪了",
            "收钱办事的那个科长姓王",
            "村干部把低保给自己亲戚",
            "我给镇长塞了两万块",
        ),
        (
            "我要投诉交通局",
            "举报违法排污找谁",
            "举报电话是多少",
            "群众举报的干部作风问题已查处3人",
            "整治党员干部违纪违法",
            "书记带队检查5G基站,收了12条意见",
            "局长收到反馈12条",
            "投诉工作人员态度不好",
            "整治吃拿卡要谁牵头",
            "资金挪用怎么规定",
            "哪个领导最贪",
            "城管违法占道拆除12处",
            "干部违纪违法案例讲了2次",
            "王局长说项目要钱，请市财政局协调",
            "副镇长拿了12万亩的任务",
        ),
    ),
    RedLineRule(
        RedLine.IDENTITY,
        re.compile(
            r"(?<![0-9A-Za-z])[1-9]\d{5}[ -]?(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?"
            r"\d{3}[\dXx](?![0-9A-Za-z])"
        ),
        (
            "身份证11010519491231002X",
            "身份证１１０１０５１９４９１２３１００２Ｘ",
            "负责人证件号 440524 19800101 0013",
        ),
        ("项目代码421182202303010012345", "统一社会信用代码91421182MA4K0XXXXX", "文号武政办发〔2021〕26号"),
        _is_identity,
    ),
    RedLineRule(  # said to be one, so a slip in its digits spares nobody
        RedLine.IDENTITY,
        re.compile(r"身份证(?:号码?)?(?:为|是)?[:：\s]{0,3}[1-9]\d{16}[\dXx](?![0-9A-Za-z])"),
        ("身份证号420100199001011234",),
        ("身份证办理窗口12个", "身份证号码不要发在这里"),
    ),
    RedLineRule(
        RedLine.BANK_CARD,
        re.compile(r"(?<![0-9A-Za-z-])(?:62|[45]\d)\d{2}(?:[ -]?\d{4}){2}[ -]?\d{4}(?:[ -]?\d{1,3})?(?![0-9A-Za-z-])"),
        ("卡号6222020000000000000", "请打到 4111 1111 1111 1111"),
        ("累计投资6212345678901234元", "电话0713-6222222", "2107-421182-04-01-123456"),
        _is_card,
    ),
)

_REMINDERS = re.compile(
    r"(?:未|尚未|还没)(?:正式)?(?:公布|发布)的?[^。\n]{0,6}数"
    r"|(?:公司|集团|厂)[^。,，\n]{0,10}(?:产值|营收|营业收入|税收|利润|主营收入)[^。\n]{0,8}\d"
)

_MARK = re.compile(rf"\[拒收:({'|'.join(RedLine)})\]")


def red_line(text: str) -> RedLine | None:
    """What in the text must not be here, the first that is found."""
    plain = normalize("NFKC", text)  # １１０ are digits too
    found = ((rule, match[0]) for rule in RULES for match in rule.pattern.finditer(plain))
    return next((rule.reason for rule, said in found if rule.holds(said)), None)


def reminds(text: str) -> bool:
    """Whether it may hold what no pattern can know."""
    return bool(_REMINDERS.search(text))


def stored(text: str) -> str:
    """The text as it may be stored: what lies across a red line is replaced by the reason."""
    reason = red_line(text)
    return f"[拒收:{reason}]" if reason else text


def taken_out(text: str) -> RedLine | None:
    """Why a stored text is not there any more."""
    mark = _MARK.fullmatch(text)
    return RedLine(mark[1]) if mark else None
