"""What was not understood, and the names that the office adds: /misses and `duban misses`."""

from collections.abc import Sequence

from handlers.office.codes import MissVerb
from handlers.questions.texts_aliases import HOW_TO_NAME, SOURCE, alias_line
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.plan.gazetteer import Alias
from knowledge.questions.answer import Why
from storage.unanswered import DISLIKED, Miss, MissState

ABOUT_MISSES = "没读懂的问题，加别名"


WHYS = {
    Why.UNREAD.value: "没有读懂",
    Why.NOT_IN_PLAN.value: "方案没有提到",
    Why.NOT_IN_TASKS.value: "任务和条款没有提到",
    Why.ONLY_MENTIONED.value: "方案提到，没有单列",
    Why.NO_SUCH_FIGURE.value: "方案没有写这个数",
    Why.NO_SUCH_UNIT.value: "责任单位里没有",
    Why.WHICH_UNIT.value: "有几个意思的单位",
    Why.WHICH_TOPIC.value: "方案里有几处",
    Why.WHAT_ABOUT.value: "没有说单位或任务",
    DISLIKED: "答案被点了👎",
}
STATES = {MissState.OPEN: "待处理", MissState.RESOLVED: "已处理", MissState.IGNORED: "不处理"}


def card(miss: Miss, unknown: str, near: Sequence[str], *, proposed: str, place: tuple[int, int]) -> Reply:
    """One open miss; `proposed` is what may be called so, or empty; `place` is (which, of how many)."""
    lines = [f"“{miss.text}”", why_line(miss, unknown)]
    if near:
        lines.append(f"相近的名称：{'、'.join(near)}")
    lines += [f"最近点选的是：{miss.picked}"] if miss.picked else []
    lines += [f"附言：{line}" for line in (miss.note or "").splitlines()]
    number = f"/misses {miss.id}"
    proposal = (Button(f"“{unknown}”即{proposed}", f"{number} {MissVerb.NAME} {proposed}"),) if proposed else ()
    return Reply(
        head=bold(f"待处理 {place[1]} 条，第 {place[0]} 条：问了 {miss.count} 次，最近 {miss.day.isoformat()}"),
        blocks=tuple(map(typeset, lines)),
        foot=typeset("不记是谁问的；号码已遮盖。"),
        buttons=(
            *proposal,
            Button("加为别名", f"{number} {MissVerb.NAME}"),
            Button("不处理", f"{number} {MissVerb.IGNORE}"),
            Button("下一条", f"{number} {MissVerb.NEXT}"),
        ),
    )


def why_line(miss: Miss, unknown: str) -> str:
    return f"原因：{WHYS.get(miss.why, miss.why)}" + (f"“{unknown}”" if unknown and miss.why != DISLIKED else "")


def no_more(left: int) -> Reply:
    head = f"看完了，还有 {left} 条待处理。" if left else "没有待处理的问题。"
    again = (Button("从头看", "/misses"),) if left else ()
    return Reply(head=bold(head), buttons=(*again, Button("已加的别名", f"/misses {MissVerb.NAMES}")))


def name_for(miss: Miss, unknown: str, units: Sequence[str], command: str) -> Reply:
    if not unknown:
        return Reply(head=bold("请发“名称=说法”。"), blocks=(typeset(f"问题：“{miss.text}”"), HOW_TO_NAME))
    return Reply(
        head=bold(f"“{unknown}”是哪个单位，或者哪项任务、哪个目标？"),
        blocks=("请发它在方案里的名称，或任务编号。只是其中几个字的，发“名称=说法”。",),
        buttons=tuple(Button(unit, f"{command} {unit}") for unit in units),
    )


def not_named(why: str, miss: Miss) -> Reply:
    return Reply(
        head=bold("没有添加。"),
        blocks=(typeset(why), "可以换一个再发。"),
        buttons=(Button("返回", f"/misses {miss.id}"),),
    )


def to_add(alias: Alias) -> Reply:
    return Reply(
        head=bold(f"添加别名？{alias_line(alias)}"),
        blocks=("现在读不懂 → 以后都这样读，对所有人，从下一句起；不通知任何人，随时可以撤销。",),
    )


def to_drop(number: int) -> Reply:
    return Reply(head=bold(f"撤销 {number} 号别名？"), blocks=("对所有人，从下一句起不再这样读；不通知任何人。",))


def to_ignore(miss: Miss) -> Reply:
    return Reply(head=bold("这一条不处理？"), blocks=(typeset(f"“{miss.text[:60]}”不再列出；不通知任何人。"),))


def named(alias: Alias, number: int, miss: Miss) -> Reply:
    return Reply(
        head=bold(f"已添加：{alias_line(alias)}"),
        blocks=("从下一句起生效，答案里会注明。方案和随附的名称资料没有改动。",),
        foot=typeset(f"来源：{SOURCE}"),
        buttons=(
            Button("再问一次", miss.text),
            Button("撤销", f"/misses {MissVerb.NAMES} {number}"),
            Button("下一条", f"/misses {miss.id} {MissVerb.NEXT}"),
        ),
    )


def dropped(alias: Alias | None) -> Reply:
    said = f"已撤销“{alias.said}”，从下一句起不再认。" if alias else "没有这个别名，或已经撤销。"
    return Reply(head=bold(said), buttons=(Button("已加的别名", f"/misses {MissVerb.NAMES}"),))


def names(held: Sequence[tuple[int, str]]) -> Reply:
    """`held` are (number, line); the newest can be taken back by a button, the others by their number."""
    return Reply(
        head=bold(f"办公室添加的别名：{len(held)} 个" if held else "还没有添加过别名。"),
        blocks=tuple(typeset(f"{number} 号 · {line}") for number, line in held),
        foot=typeset("撤销：/misses 已加 序号") if held else "",
        buttons=tuple(Button(f"撤销 {number} 号", f"/misses {MissVerb.NAMES} {number}") for number, _ in held[:-6:-1]),
    )


# The command line

NO_SUCH_MISS = "没有这个编号的问题；duban misses --all 列出全部。"
COLUMNS = ("编号", "次数", "最近", "问题", "原因", "相近的名称", "附言")


def row(miss: Miss, unknown: str, near: Sequence[str], *, answered: bool) -> tuple[str, ...]:
    """One line of the table; a closed miss says so, and one that would be answered now says that."""
    why = why_line(miss, unknown).removeprefix("原因：")
    remarks = [STATES[miss.state]] if miss.state is not MissState.OPEN else []
    remarks += ["现在能答"] if answered and miss.why != DISLIKED else []
    remarks += (miss.note or "").splitlines()
    return str(miss.id), str(miss.count), miss.day.isoformat(), miss.text, why, "、".join(near), "；".join(remarks)


def resolved(miss: Miss) -> str:
    return f"{miss.id} 号已处理。"


def resolved_by(miss: Miss, alias: Alias) -> str:
    return f"已添加：{alias_line(alias)}（{SOURCE}）；运行中的机器人从下一句起认得。{resolved(miss)}"


def total(shown: int) -> str:
    return f"共 {shown} 条，次数多的在前。" if shown else "没有待处理的问题。"
