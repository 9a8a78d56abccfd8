"""The setup list: what an office sets before its first month, each with its state in figures and the page to do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from handlers.office.codes import PeriodVerb
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Button, Reply
from knowledge.reminders.defaults import RemindDefaults

ABOUT_SETUP = "设置清单：开张要设的，设好几项，还差几项"


@dataclass(frozen=True, slots=True)
class SetupItem:
    name: str
    done: bool
    state: str
    """In figures."""
    button: str
    line: str
    """The command of the page where it is done."""


def filing(number: str) -> SetupItem:
    state = number or "未填写，请系统管理员写进配置 [service] filing"
    return SetupItem("备案编号", bool(number), state, "关于", "/about")


def approval(named: str) -> SetupItem:
    state = named or "未填写，请系统管理员写进配置 [service] approval"
    return SetupItem("审批依据", bool(named), state, "关于", "/about")


def plan(title: str, number: str | None, *, tasks: int, targets: int) -> SetupItem:
    named = f"《{title}》{f'（{number}）' if number else ''}"
    return SetupItem("方案", targets > 0, f"{named}，{tasks} 项任务、{targets} 个目标", "全部任务", "/tasks")


def period(start: date, end: date, *, set_so: bool, undated: int) -> SetupItem:
    if set_so:
        state = f"{start} 至 {end}，办公室设定"
    else:
        state = f"没有设定，暂按 {start} 至 {end}" + (f"；没写期限的 {undated} 个目标不发到期提醒" if undated else "")
    return SetupItem("方案期", set_so or not undated, state, "方案期", f"/period {PeriodVerb.SET}")


def people(units: int, *, liaisons: int, heads: int, supervisors: int) -> SetupItem:
    state = f"{units} 家单位，有联络员 {liaisons} 家、有负责人 {heads} 家；督查室 {supervisors} 人"
    return SetupItem("人员", liaisons == units and supervisors > 0, state, "邀请人员", "/invite")


def owners(confirmed: int, targets: int) -> SetupItem:
    return SetupItem("主责", confirmed == targets, f"{targets} 个目标，已确认 {confirmed} 个", "定主责", "/owners")


def work_days(known: Iterable[int], unknown: Iterable[int]) -> SetupItem:
    """Of this year and the next."""
    sure, unsure = "、".join(map(str, known)), "、".join(map(str, unknown))
    state = "；".join(filter(None, (sure and f"{sure} 年放假安排已知", unsure and f"{unsure} 年没有，暂按周末算")))
    return SetupItem("工作日", bool(sure), state, "放假安排", "/holidays")


def rhythm(remind: RemindDefaults, *, asked: int, targets: int) -> SetupItem:
    """`asked` have a frequency and somebody who answers for them: only these are asked for."""
    days = f"月报当月 {remind.monthly_due_day} 日、季报季后 {remind.quarterly_due_day} 日截止"
    state = f"{days}；定了报送频次的 {asked} 个目标，共 {targets} 个"
    return SetupItem("报送期", asked > 0, state, "报送频次", "/frequency")


def meeting(day: date | None) -> SetupItem:
    return SetupItem("会期", day is not None, f"下一次 {day}" if day else "没有定", "会期", "/meeting")


def setup(items: Iterable[SetupItem]) -> Reply:
    listed = tuple(items)
    left = [one for one in listed if not one.done]
    lines = [f"{number} {one.name}：{'已办' if one.done else '待办'}。{one.state}" for number, one in _numbered(listed)]
    buttons = dict.fromkeys(Button(one.button, one.line) for one in (*left, *listed))
    return Reply(
        head=bold(_head(listed, left)),
        blocks=tuple(map(typeset, lines)),
        foot="每一行按现在的数算，办好了自己变。",
        buttons=tuple(buttons)[:8],
    )


def _head(listed: tuple[SetupItem, ...], left: list[SetupItem]) -> str:
    done = len(listed) - len(left)
    return f"设置清单：{done} 项已办，{len(left)} 项待办" if left else f"设置清单：{done} 项都已办好"


def left_to_set(items: Iterable[SetupItem]) -> str:
    """A line for the office's home; empty where nothing is left."""
    left = [one.name for one in items if not one.done]
    return f"设置清单还有 {len(left)} 项：{'、'.join(left)}" if left else ""


def _numbered(items: tuple[SetupItem, ...]) -> Iterable[tuple[int, SetupItem]]:
    return enumerate(items, 1)
