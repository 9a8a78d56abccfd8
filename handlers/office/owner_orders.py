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


def owner_order(text: str, cleaned: str) -> str | None:
    """The command; also of a table that was pasted with its headings."""
    first, _, rest = text.strip().partition("\n")
    if "主责" in first and "目标" in first and rest and not read_owner_rows(first):
        return f"/owners {OwnerVerb.TABLE} {text.strip()}"
    return f"/owners {OwnerVerb.TABLE}" if TABLE.shows(cleaned) else None
