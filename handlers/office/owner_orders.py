"""主责定了多少, 提主责, 发各单位征求意见: what is said about the owners of targets, as the commands that do it."""

from handlers.office.codes import OwnerVerb
from handlers.office.owner_rows import read_owner_rows
from knowledge.language.pattern import sign

TABLE = sign(
    r"""^(?:用|按|照)(?:审定的?)?(?:主责)?(?:表|文件)(?:来)?(?:确认|定)主责 $
    | ^(?:导入|上传|录入)(?:审定的?)?主责(?:确认)?表 $""",
    "用表确认主责",
    "导入主责表",
    "按审定的表确认主责",
    others=("导出台账", "主责表在哪"),
)
TAKEN_BACK = sign(
    r"""^(?:请|帮我|麻烦|我要|我想|要)* (?:怎么|如何|怎样|能不能|可以|在哪)?(?:才能)?
    (?: (?:把|将)? (?:.{2,40}?的?)? 主责(?:单位)?(?:先|给|都|能不能|能否|可以|怎么){0,2}
        (?:撤销|撤了|撤掉|撤回|撤|取消|去掉|拿掉|清空|清掉|删掉|删除|作废|不要)(?:掉|一下)?
      | (?:撤销|撤回|撤掉|撤|取消|去掉|拿掉|清空|清掉|删掉|删除|作废)(?:掉|一下)? (?:.{2,40}?的?)? 主责(?:单位)?
    ) (?:了|吧|吗|呢|啊)? [?。!]*$""",
    "怎么撤销主责",
    "把5G基站的主责撤了",
    "取消5G基站的主责",
    "5G基站主责能不能撤掉",
    "主责撤销",
    others=("撤回5G基站的数", "谁撤销了5G基站的主责", "撤销市科经局的主责任务有哪些"),
    unless="谁|哪|为什么|什么",
)
ANSWERS = sign(
    r"""^(?:看|查|问)?(?:一下|下)? (?:现在|目前|到现在)? (?:主责)?(?:的?征求意见)? (?:还)?(?:有)?
    (?: (?:谁|哪些(?:单位)?|哪几家|哪家|几家|多少家)(?:单位)?的?(?:还)?(?:没有?|未)(?:回|答复?|回复|反馈|给)
        (?:过|上来)?的?(?:主责|征求)?的?(?:征求)?意见
      | (?:几|哪些|哪几|多少)(?:条|家|个)?(?:单位)?(?:的)?(?:主责)?(?:的)?意见
        (?:不一致|不一样|不统一|有分歧|对不上)(?:的)?
      | (?:主责)?(?:谁|哪些单位|哪几家|哪家)(?:单位)?(?:对主责)?有(?:异议|分歧|不同意见)
    ) (?:,?(?:都)?(?:列|报|拉)(?:一下|出来|个单子|给我)?(?:看看)?)? (?:了|啦|吗|呢)? $""",
    "谁还没回意见",
    "有几条意见不一致，列出来",
    "哪些单位还没答复征求意见",
    "哪几家对主责有异议",
    others=("谁还没报", "群众意见怎么处理", "谁没回通知"),
)


def owner_order(text: str, cleaned: str) -> str | None:
    """The command; also of a table that was pasted with its headings."""
    first, _, rest = text.strip().partition("\n")
    if "主责" in first and "目标" in first and rest and not read_owner_rows(first):
        return f"/owners {OwnerVerb.TABLE} {text.strip()}"
    if ANSWERS.shows(cleaned):
        return f"/owners {OwnerVerb.ANSWERS}"
    return f"/owners {OwnerVerb.TABLE}" if TABLE.shows(cleaned) else None
