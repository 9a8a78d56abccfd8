"""Names that the office adds: how to, why not, and the note under an answer that rests on one."""

from collections.abc import Sequence

from knowledge.plan.gazetteer import Alias
from knowledge.questions.alias_check import Against, Objection

SOURCE = "办公室添加，非方案内容"
HOW_TO_NAME = "写成“名称=说法”，例如：市交通局=交通大楼；5.2 5G基站=基站塔。"


def alias_line(alias: Alias) -> str:
    return f"“{alias.said}”即 {alias.owner} {alias.name}" if alias.owner else f"“{alias.said}”即{alias.name}"


def used(alias: Alias) -> str:
    """Under an answer that rests on the name."""
    return f"{alias_line(alias)}（{SOURCE}）。"


_AGAINST = {
    Against.SHAPE: "“{said}”不能作别名：要 2 到 20 个字，只含汉字、字母和数字。",
    Against.KNOWN: "“{said}”本来就按“{what}”理解，不用再加。",
    Against.OTHER_UNIT: "“{said}”已经是“{what}”的名称或读音，不能再给{name}。",
    Against.SEVERAL: "“{said}”有几个意思，程序会反问，不能只指{name}。",
    Against.OUTSIDER: "“{said}”是方案以外的单位，不能当作{name}。",
    Against.PLACE: "“{said}”里有地名“{what}”，不能作别名。",
    Against.COMMON: "“{said}”是常用词，作别名会影响别的问题。",
    Against.IN_PLAN: "方案里“{what}”用了“{said}”这几个字，作别名会混淆。",
}


def objection(alias: Alias, found: Objection) -> str:
    return _AGAINST[found.against].format(said=alias.said[:30], what=found.what, name=alias.name)


def which_one(name: str, several: Sequence[str]) -> str:
    return f"“{name[:30]}”有几个：{'、'.join(several[:6])}，请写明一个。"


def nothing_called(name: str, near: Sequence[str]) -> str:
    return f"方案里没有叫“{name[:30]}”的单位、任务或目标。" + (f"是不是：{'、'.join(near)}。" if near else "")


def already_added(alias: Alias) -> str:
    return f"“{alias.said}”刚被别人添加过。"
