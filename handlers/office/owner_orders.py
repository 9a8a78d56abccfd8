"""主责定了多少, 提主责, 发各单位征求意见: what is said about the owners of targets, as the commands that do it."""

from handlers.office.codes import OwnerVerb
from handlers.office.owner_rows import read_owner_rows
from knowledge.language.pattern import sign

PROGRESS = sign(
    r"""^(?:看|查|问)?(?:一下|下)? (?:现在|目前|到现在)? (?:各?(?:个)?目标的?)? 主责(?:单位)?的?
    (?:
        (?:确认|确定|定|落实)(?:了|到)?(?:多少|几)(?:个|家)? | (?:还)?(?:有)?(?:多少|几)个?(?:没有?|未)(?:确认|确定|定)
      | (?:进度|进展|情况|清单) | (?:怎么|如何|怎样)(?:定|确定|确认)
      | 征求(?:意见)?(?:的)?(?:情况|进度|结果|怎么样|到哪)?
      | (?:确认|确定|定)(?:得|的)?(?:怎么样|情况|进度|到哪)
    ) (?:了|啦|吗|呢)? $""",
    "主责定了多少",
    "主责怎么定",
    "主责征求意见情况",
    "主责进度",
    "主责还有多少没定",
    "目前主责确认了几个",
    others=("5G基站的主责是谁", "把5G基站的主责定为市科经局", "还有多少目标没报", "主责单位有哪些任务"),
)
UNSETTLED = sign(
    r"""^(?:看|查|问)?(?:一下|下)? (?:现在|目前)? (?:还)?(?:有)?
    (?: (?:哪些|哪几个|多少个?|几个)目标的?(?:还)?(?:主责)?(?:没有?|未)(?:定|确定|确认|明确)?(?:主责)?(?:单位)?
      | 目标(?:还)?(?:没有?|未)(?:定|确定|确认|明确)?主责(?:单位)?的?(?:有)?(?:哪些|多少个?|几个)
      | (?:哪些|哪几个|多少个?|几个)目标的?(?:还)?(?:没有?|未)(?:定|确定|确认|明确)主责(?:单位)?
      | (?:哪些|哪几个|多少个?|几个)目标的?主责(?:单位)?(?:还)?(?:没有?|未)(?:定|确定|确认|明确)
    ) (?:了|啦|吗|呢)? $""",
    "有多少目标没定主责",
    "哪些目标还没有主责",
    "还有几个目标主责没确认",
    "目标没有主责的有哪些",
    others=("还有多少目标没报", "哪些目标没有完成", "市科经局主责哪些目标"),
)
PROPOSE = sign(
    r"""^(?:请|帮我|帮忙|麻烦)* (?:提|提出|拟|拟定|起草) (?:一下|一批)?
    (?:各|所有|全部)?(?:个)?(?:目标的?)?主责(?:单位)?(?:建议|方案|名单)? $""",
    "提主责",
    "提出各目标的主责",
    "拟定主责",
    "帮我拟一下主责",
    others=("把5G基站的主责定为市科经局", "主责怎么定", "提醒主责单位", "提主责是谁的意见"),
)
SEND = sign(
    r"""^(?:请|帮我|麻烦)* (?:把)?(?:主责|拟定的主责)?(?:发给?|送给?|向)(?:各|相关|有关)?单位(?:负责人)?
        征求(?:一下)?(?:主责)?的?意见 $
    | ^征求(?:一下)?(?:各|相关)?单位对?主责的?意见 $""",
    "发各单位征求意见",
    "把拟定的主责发给各单位征求意见",
    "征求各单位对主责的意见",
    "主责发各单位征求意见",
    others=("通知各单位明天开会", "发各单位核对", "主责征求意见情况"),
)
TABLE = sign(
    r"""^(?:用|按|照)(?:审定的?)?(?:主责)?(?:表|文件)(?:来)?(?:确认|定)主责 $
    | ^(?:导入|上传|录入)(?:审定的?)?主责(?:确认)?表 $""",
    "用表确认主责",
    "导入主责表",
    "按审定的表确认主责",
    others=("导出台账", "主责表在哪"),
)
CLAIM = sign(
    r"^(?:我们|我局|我们局|本单位|我单位|我们单位|本局)(?:来|要|想|愿意|可以)*认领 .{0,30}$"
    r"| ^(?:认领|答复)主责(?:征求意见)? $ | ^.{2,30}(?:由|归)(?:我们|我局|本单位|我们局)(?:来)?(?:认领|主责) $",
    "我们认领5G基站",
    "5G基站由我们主责",
    "认领主责",
    "答复主责征求意见",
    others=("5G基站归我们负责吗", "我们负责哪些", "5G基站谁主责"),
)
ORDERS_OF_OWNERS = (
    (PROPOSE, f"/owners {OwnerVerb.PROPOSE}"),
    (SEND, f"/owners {OwnerVerb.SEND}"),
    (TABLE, f"/owners {OwnerVerb.TABLE}"),
    (CLAIM, "/ownership"),
    (UNSETTLED, "/gaps"),
    (PROGRESS, "/owners"),
)


ASKED = sign(
    r"""^(?P<target>.{2,40}?)的?主责(?:填报)?(?:单位|部门)?(?:是|归|定的是|定给)?
    (?:谁|哪家|哪个|哪一家|什么)(?:单位|部门|局)?(?:了|呢|啊)? $
    | ^(?:谁|哪家|哪个单位|哪个局)(?:是)?(?P<of>.{2,40}?)的?主责(?:单位)? $""",
    "5G基站的主责是谁",
    "数字校园覆盖率主责是哪家单位",
    "谁是5G基站的主责单位",
    others=("5G基站谁负责", "主责怎么定", "5G基站的责任单位是谁"),
)


def asked_owner(cleaned: str) -> str:
    """What the words ask the owner of; "" where they ask something else."""
    found = ASKED.find(cleaned)
    return next(filter(None, found.group("target", "of")), "").strip() if found else ""


def owner_order(text: str, cleaned: str) -> str | None:
    """The command; also of a table that was pasted with its headings."""
    first, _, rest = text.strip().partition("\n")
    if "主责" in first and "目标" in first and rest and not read_owner_rows(first):
        return f"/owners {OwnerVerb.TABLE} {text.strip()}"
    return next((line for order, line in ORDERS_OF_OWNERS if order.shows(cleaned)), None)
