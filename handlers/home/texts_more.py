"""All that a person may do, as sentences that work when they are typed, and that can be tapped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from handlers.access.policy import Action
from handlers.broadcast.codes import OutboxVerb
from handlers.home.codes import MoreGroup
from handlers.office.codes import MeetingVerb, OwnerVerb, PeriodVerb
from handlers.reports.codes import RecordVerb, Step
from handlers.texts.marks import bold, italic, typeset
from handlers.texts.reply import Button, Reply
from handlers.texts.samples import of_target, of_task, of_unit
from knowledge.entities.library import Library

ABOUT_MORE = "更多：能办的都在这里"
GROUPS = {
    MoreGroup.REPORTS: "填报",
    MoreGroup.LOOKS: "查询",
    MoreGroup.MEETINGS: "会议材料",
    MoreGroup.TELLS: "通知和提醒",
    MoreGroup.PEOPLE: "人员",
    MoreGroup.SETTINGS: "设置",
}
HOME = Button("首页", "/home")
_SHOWN = 4
"""Sentences of a group on the first page; all of them stand behind its button."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeSentence:
    """What can be said, and the command or question that it is."""

    group: MoreGroup
    said: str
    line: str = ""
    """The command; empty for a question, which is asked as it is said."""
    action: Action | None = None
    """Shown to those who may; None: to everybody."""

    @property
    def button(self) -> Button:
        return Button(self.said, self.line or self.said)


def _of(group: MoreGroup, *rows: tuple[str, str, Action | None]) -> tuple[HomeSentence, ...]:
    return tuple(HomeSentence(group=group, said=said, line=line, action=action) for said, line, action in rows)


SENTENCES = (
    *_of(
        MoreGroup.REPORTS,
        ("报进展", "/report", Action.REPORT),
        ("审签", "/approve", Action.APPROVE),
        ("我报了什么", "/mine", Action.REPORT),
        ("补佐证", "/evidence", Action.REPORT),
        ("代单位录一条", "/behalf", Action.RECORD_ON_BEHALF),
        ("月报表", "/sheet", Action.REPORT),
        ("各单位的月报表", "/sheet", Action.RECORD_ON_BEHALF),
        ("本月要报的", "/owed", Action.REPORT),
        ("都没变化", f"/report {Step.SAME}", Action.REPORT),
        ("待核实的有哪些", "/check", Action.CHECK),
        ("看退回", f"/mine {RecordVerb.RETURN}", Action.REPORT),
        ("撤回刚才那条", f"/withdraw {RecordVerb.LAST}", Action.WITHDRAW),
        ("等我认可的", "/pending", Action.ACCEPT),
        ("退回一条填报", "/return", Action.RETURN),
        ("客观原因认定", "/excuse", Action.EXCUSE),
    ),
    *_of(
        MoreGroup.LOOKS,
        ("谁还没报", "", Action.SEE_PROGRESS),
        ("我们局进展怎么样", "", Action.REPORT),
        ("我分管的进展怎么样", "", Action.COMMENT),
        ("有哪些快到期", "", None),
        ("哪些任务是红灯", "", Action.SEE_PROGRESS),
        ("填报历史", "/history", Action.SEE_HISTORY),
        ("本单位首列的谁没报", "/missing", Action.REPORT),
        ("方案有哪些任务", "", None),
    ),
    *_of(
        MoreGroup.MEETINGS,
        ("会前一页纸", "/brief", Action.BRIEF),
        ("月度情况", "/bulletin", Action.SEE_PROGRESS),
        ("困难问题有哪些", "/problems", Action.SEE_PROGRESS),
        ("项目清单", "/projects", Action.URGE_PROJECT),
        ("导出台账", "/export", Action.EXPORT),
        ("减负账本", "/ledger", Action.SEE_LEDGER),
    ),
    *_of(
        MoreGroup.TELLS,
        ("我的提醒", "/reminders", Action.SUBSCRIBE),
        ("提醒设置", "/remind", Action.SUBSCRIBE),
        ("加到手机日历", "/ics", Action.SUBSCRIBE),
        ("发通知", "/announce", Action.ANNOUNCE),
        ("通知谁收到了", "/receipts", Action.SEE_RECEIPTS),
        ("提醒谁点了收到", "/acks", Action.SEE_RECEIPTS),
    ),
    *_of(
        MoreGroup.PEOPLE,
        ("找人", "/units", Action.SEE_PEOPLE),
        ("我的信息", "/me", Action.JOIN),
        ("我要请假", "/away", Action.AWAY),
        ("换人接手", "/handover", Action.HAND_OVER),
        ("邀请人员", "/invite", Action.INVITE),
        ("按名单邀请", "/roster", Action.INVITE),
        ("没用的邀请", "/invites", Action.INVITE),
        ("人员名单", "/people", Action.REMOVE),
        ("注销我的信息", "/forget", Action.FORGET),
    ),
    *_of(
        MoreGroup.SETTINGS,
        ("设置清单", "/setup", Action.SET_RHYTHM),
        ("没读懂的句子", "/misses", Action.RESOLVE_MISSES),
        ("发送情况", "/outbox", Action.SEE_OUTBOX),
        ("收到的意见建议", "/suggestions", Action.SEE_SUGGESTIONS),
        ("主责待确认的", "/gaps", Action.SEE_GAPS),
        ("各目标的主责", "/owners", Action.SEE_GAPS),
        ("主责征求意见", "/ownership", Action.ANSWER_OWNERSHIP),
        ("改指标卡", "/card", Action.EDIT_CARD),
        ("提醒日历", "/calendar", Action.SET_RHYTHM),
        ("提醒预演", "/preview", Action.SET_RHYTHM),
        ("提醒规则", "/rules", Action.SET_RHYTHM),
        ("节假日", "/holidays", Action.SET_RHYTHM),
        ("调度会日期", "/meeting", Action.SET_RHYTHM),
        ("方案期", "/period", Action.SET_RHYTHM),
        ("不列督办对象的单位", "/supervision", Action.MARK_UNIT),
        ("提意见建议", "/suggest", Action.SUGGEST),
        ("这是什么机器人", "/about", None),
    ),
)
_BUTTONS = {
    "更多": "/more",
    "等认可的": "/pending",
    "没读懂的": "/misses",
    "没送到的": f"/outbox {OutboxVerb.CASES}",
    "全部任务": "/tasks",
    "定主责": "/owners",
    "放假安排": "/holidays",
    "报送和提醒日历": "/calendar",
    "报送频次": "/frequency",
    "会期": "/meeting",
    "定会期": f"/meeting {MeetingVerb.SET}",
    "设方案期": f"/period {PeriodVerb.SET}",
    "用表确认": f"/owners {OwnerVerb.TABLE}",
    "全部审签": "/approve",
}
"""The names of buttons of homes, of the list of settings and of the pages it leads to, that are no sentence above."""
_SHORT = {
    "双过半": "/halfyear",
    "台账": "/export",
    "导出": "/export",
    "待核": "/check",
    "待核实": "/check",
    "半年小结": "/bulletin",
    "谁批准的": "/about",
}
"""What is said in a word or two."""
LINES = _BUTTONS | _SHORT | {one.said: one.line for one in SENTENCES if one.line}
"""Typed, each is the command that its row does."""


def overview(whose: str, allowed: Sequence[HomeSentence], library: Library, *, report: str) -> Reply:
    """A line a group, its first sentences; `report` is one to report with, empty for who reports nothing."""
    own = {group: [one for one in allowed if one.group is group] for group in GROUPS}
    blocks = [
        bold(GROUPS[group]) + f"：{'、'.join(one.said for one in found[:_SHOWN])}{'等' if len(found) > _SHOWN else ''}"
        for group, found in own.items()
        if found
    ]
    says = f"报数直接说：{report}。" if report else ""
    return Reply(
        head=bold(f"{whose}能办的：直接这样说，或点下面看全部。"),
        blocks=(*blocks, typeset(f"{says}问方案：{of_unit(library)};{of_task(library)};{of_target(library)}")),
        foot=italic("回首页说“菜单”。方案没写的，我会说没写。"),
        buttons=tuple(Button(GROUPS[group], f"/more {group}") for group, found in own.items() if found),
    )


def group_page(group: MoreGroup, found: Iterable[HomeSentence]) -> Reply:
    rows = tuple(found)
    return Reply(
        head=bold(f"{GROUPS[group]}：点编号，或直接这样说"),
        blocks=tuple(one.said for one in rows),
        buttons=(Button("更多", "/more"), HOME),
        opens={place: one.button for place, one in enumerate(rows)},
    )
