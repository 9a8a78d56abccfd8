"""What stands in the calendar file, and what is said with it."""

from collections.abc import Sequence

from handlers.texts.marks import bold
from handlers.texts.periods import period_text
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from knowledge.plan.model import Target
from knowledge.standing.periods import ReportingPeriod

ABOUT_ICS = "导出日历文件：我的到期日、报送截止日、自设提醒"

NAME, FILE = "督办提醒", "督办提醒.ics"


def deadline(targets: Sequence[Target]) -> str:
    return f"到期：{_named(targets)}"


def due(period: ReportingPeriod, targets: Sequence[Target]) -> str:
    return f"{period_text(period, period.due)}报送截止：{_named(targets)}"


def listed(targets: Sequence[Target]) -> str:
    return "\n".join(f"{one.task} {one.name}，目标 {value_text(one)}" for one in targets)


def _named(targets: Sequence[Target]) -> str:
    return f"{targets[0].task} {targets[0].name}" if len(targets) == 1 else f"{len(targets)} 个目标"


def sent(deadlines: int, due_days: int, own: int) -> Reply:
    counts = ((deadlines, "个到期日"), (due_days, "个报送截止日"), (own, "条自设提醒"))
    return Reply(
        head=bold(f"日历文件在下面：{'，'.join(f'{number} {what}' for number, what in counts if number)}"),
        blocks=("用手机日历或 Outlook 打开就能导入；以后再导出一次，同一件事会更新，不会重复。",),
        foot="手机日历可能会同步到境外云端，请按本单位规定使用。",
    )


def nothing() -> Reply:
    return Reply(
        head=bold("没有可以导出的：您没有主责的目标，也没有自设的提醒。"),
        blocks=("主责由办公室确认；自设提醒直接说：提醒我下周三报送5G基站。",),
        buttons=(Button("我的提醒", "/remind"),),
    )
