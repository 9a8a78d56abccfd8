"""The home of each role: what waits in figures, and at most six buttons; what it says where nothing waits."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from handlers.access.desks import Desk
from handlers.broadcast.bulletin_process import BulletinProcess
from handlers.broadcast.codes import BulletinVerb, OutboxVerb
from handlers.broadcast.texts_bulletins import STAGES, short_title
from handlers.chat.paging import BUTTONS
from handlers.home.codes import HomeVerb
from handlers.progress.codes import BriefList
from handlers.reports.codes import RecordVerb, Step
from handlers.reports.texts_owed import OF_TOWN
from handlers.texts.marks import bold, italic, typeset
from handlers.texts.periods import due_text, periods_text
from handlers.texts.reply import Button, Reply
from handlers.texts.rights import ROLES
from handlers.texts.standing import day_text
from knowledge.language.pattern import sign
from knowledge.standing.brief import Brief
from knowledge.standing.bulletin import BulletinKind
from knowledge.standing.picture import Duty, PeriodItem, owed
from storage.people import Role
from storage.rich_text import joined

DUE_SOON = "30天内到期的目标有哪些"
CHARGE_DUE_SOON = "我分管的30天内到期的目标有哪些"
WHO_OWES = "谁还没报"
MORE = Button("更多", "/more")
ANSWER_OWNERSHIP = Button("答复主责", "/ownership")
OTHER_ROLE = Button("换身份", f"/home {HomeVerb.CHOOSE}")
TO_COME = {
    Role.LIAISON: "主责还没有确认，本单位暂时不用报数；确认后这里会列出要报的项和截止日。",
    Role.HEAD: "主责还没有确认，本单位暂时不用报数；确认后这里会列出待审签、未报和被退回的。",
    Role.LEADER: "您分管的还没有填报；有数以后这里列出红灯、堵点和待决的。",
    Role.SUPERVISOR: "没有单位欠报，也没有等核实的；有了会在这里列出。",
    Role.OFFICE: "没有等办公室定的事；主责待确认、等认可的、没读懂的、没送到的会在这里列出。",
    Role.SIGNER: "没有等审签的数；有了会在这里列出。",
    Role.PROJECTS: "项目有了变化会在周二的清单里列出。",
    Role.CONTACT: "项目有变化或有卡点，直接发一句就行，例如：已开工。",
    Role.AIDE: "领导分管的还没有填报；有数以后这里列出红灯、堵点和待决的。",
}
"""What will stand there, where nothing does."""
BETWEEN = " · "
_WEEKDAYS = "一二三四五六日"

WANTED = sign(
    r"""^(?:请|给我|我要|打开|看看?|显示|回到?|返回|进入?|去){0,4}
    (?: (?:主?菜单|首页|主页|主界面|使用?帮助|帮助(?:信息|菜单)?|帮帮我|功能(?:菜单|列表|介绍)?)
      | (?:使用|操作)(?:说明|指南)
      | (?:请问)?(?:你|您|机器人|督办助手|这个?|这里)?(?:都|还)?(?:能|会|可以|可)(?:帮我)?
        (?:干|做|办|问)(?:点|些)?(?:什么|啥|哪些事?|嘛|吗)事?
      | (?:请问)?(?:你|您|机器人|这个?|这里)?有(?:什么|哪些|啥)(?:功能|用处?|本事)
      | (?:请问)?(?:你|这个?|机器人|督办助手)?(?:怎么|如何|咋)(?:使?用|操作|弄)
      | (?:请问)?(?:我|有)?(?:今天|现在|目前)?(?:要|该|有)(?:什么|啥|哪些)(?:事|要办的|待办)(?:要办|要做)?
      | (?:我的)?(?:待办|要办的事)
      | 换(?:个|一个)?身份 | 开始
    )(?:一下)?(?:吧|呢|啊|呀|了|的){0,3}[?。!]*$""",
    "菜单",
    "帮助",
    "首页",
    "主页",
    "回到首页",
    "返回首页",
    "打开菜单",
    "你能干什么",
    "你能做什么",
    "你会做什么",
    "能做什么",
    "可以问什么",
    "有什么功能",
    "你有什么用",
    "怎么用",
    "这个怎么用",
    "使用说明",
    "我有什么待办",
    "开始",
    others=(
        "5G基站怎么用",
        "市科经局能做什么",
        "菜单式服务是什么",
        "首页有哪些目标",
        "帮助企业有哪些任务",
        "这个目标怎么算",
        "开始时间是什么时候",
        "市交通局要做什么",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeEntry:
    """A matter on a home: in figures, where there are any, and the button that leads to it."""

    said: str = ""
    button: Button | None = None
    waits: bool = False
    """Whether its button stays where there are too many: anything of it is to be done, or it is asked for often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCard:
    role: Role
    whose: str
    entries: tuple[HomeEntry, ...]
    nothing: str = ""
    """What is said where nothing waits, if anything else than of others in the role."""

    @property
    def figures(self) -> str:
        """In one line; empty where nothing is owed."""
        return typeset(BETWEEN.join(one.said for one in self.entries if one.said))

    @property
    def told(self) -> str:
        return self.figures or self.nothing or TO_COME[self.role]

    def buttons(self, most: int) -> tuple[Button, ...]:
        """In their order; where they are too many what waits goes first."""
        ranked = sorted((one for one in self.entries if one.button), key=lambda one: not one.waits)[:most]
        return tuple(one.button for one in self.entries if one.button and one in ranked)


def home(card: HomeCard, today: date, *, several: bool) -> Reply:
    """`several`: the person has other roles, too."""
    last = (OTHER_ROLE, MORE) if several else (MORE,)
    return Reply(
        head=bold(f"{card.whose}，{day_text(today, today)}（周{_WEEKDAYS[today.weekday()]}）"),
        blocks=(card.told,),
        buttons=(*card.buttons(BUTTONS - len(last)), *last),
    )


def with_card(reply: Reply, card: HomeCard) -> Reply:
    """Of a sentence that was not understood: the figures in one line, and the home's buttons after the reply's own, of
    which the last (都不是) stays."""
    own = reply.buttons if len(reply.buttons) <= _OWN else (*reply.buttons[: _OWN - 1], reply.buttons[-1])
    told = f"{card.whose}：{card.told}"
    shown = {one.question for one in own}
    others = [one for one in card.buttons(BUTTONS) if one.question not in shown]
    return replace(reply, blocks=(*reply.blocks, told), buttons=(*own, *others[: BUTTONS - len(own) - 1], MORE))


def near(buttons: Sequence[Button]) -> Reply:
    """To words that were not read as a question, where they come near to something that can be done."""
    return Reply(head=bold("没有读懂这句话。是不是要办下面的事？"), buttons=tuple(buttons))


def opened(said: str, left: Reply | None) -> Reply:
    """Below a page that was opened because the words come near to its sentence; `left` is what was left for it."""
    read = italic(f"按“{said}”理解；不是的请换个说法。")
    if left is None:
        return Reply(head=read, buttons=(MORE,))
    return replace(left, head=joined((read, left.head)))


_OWN = 3
"""So many of a reply's own buttons stand before those of the home."""


def choose(cards: Sequence[tuple[Desk, HomeCard]]) -> Reply:
    rows = [f" {desk_name(desk)}：{card.figures or '没有等办的'}" for desk, card in cards]
    return Reply(
        head=bold(f"您有 {len(cards)} 个身份，先看哪个？"),
        blocks=tuple(rows),
        foot="选了就一直用这个身份，首页上“换身份”可以换。",
        buttons=tuple(Button(desk_name(desk), f"/home {desk.key}") for desk, _ in cards[:BUTTONS]),
    )


def desk_name(desk: Desk) -> str:
    return f"{desk.unit or ''}{_NAMES.get(desk.role, ROLES[desk.role])}"


_NAMES = {Role.HEAD: "负责人"}


def of_liaison(
    unit: str,
    items: Sequence[PeriodItem],
    *,
    today: date,
    town: bool,
    figure: str,
    returned: int,
    accepting: int,
    reminders: int,
) -> HomeCard:
    """`items` are what the unit is asked for now, owed or not; `figure` is the command that asks for the only figure
    that is left, or for any."""
    left = len(owed(items))
    back = Button("看退回", f"/mine {RecordVerb.RETURN}") if returned else Button("我报过的", "/mine")
    same = Button("都无变化", f"/report {Step.SAME}") if left else Button("困难问题", "/problems")
    accept = [_counted(f"等本单位认可 {accepting} 条", accepting, Button("等认可的", "/pending"))] if accepting else []
    return HomeCard(
        role=Role.LIAISON,
        whose=unit,
        nothing=f"这个月不用报：{OF_TOWN}" if town else "",
        entries=(
            HomeEntry(said=_owed_text(items, today), button=Button("报进展", figure), waits=True),
            HomeEntry(button=same, waits=left > 0),
            _counted(f"退回 {returned} 条", returned, back),
            *accept,
            _counted(f"自设提醒 {reminders} 条", reminders, Button("我的提醒", "/reminders")),
            HomeEntry(button=Button("找人", "/units")),
        ),
    )


def of_head(
    unit: str,
    items: Sequence[PeriodItem],
    *,
    today: date,
    town: bool,
    approving: int,
    consulted: int,
    returned: int,
    reminders: int,
) -> HomeCard:
    """`consulted`: the targets whose ownership the unit is asked about and has not answered."""
    left = len(owed(items))
    return HomeCard(
        role=Role.HEAD,
        whose=f"{unit}负责人",
        nothing=f"这个月不用报：{OF_TOWN}" if town else "",
        entries=(
            _counted(f"待审签 {approving} 条", approving, Button("审签", "/approve")),
            *([_counted(f"主责征求意见 {consulted} 项待答复", consulted, ANSWER_OWNERSHIP)] if consulted else ()),
            HomeEntry(said=_owed_text(items, today), button=_left_of(unit), waits=left > 0),
            _counted(f"被退回 {returned} 条", returned, Button("看退回", f"/mine {RecordVerb.RETURN}")),
            HomeEntry(button=Button("本单位进展", "我们局进展怎么样"), waits=True),
            _counted(f"自设提醒 {reminders} 条", reminders, Button("我的提醒", "/reminders")),
        ),
    )


def of_leader(brief: Brief | None, *, signing: int, soon: int) -> HomeCard:
    """`brief` is the page before a meeting; `signing` counts the drafts that wait to be signed on paper."""
    red, stuck, raised = (len(brief.red), len(brief.stuck), len(brief.raised)) if brief else (0, 0, 0)
    reported = len(brief.reported) if brief else 0
    return HomeCard(
        role=Role.LEADER,
        whose=ROLES[Role.LEADER],
        entries=(
            HomeEntry(
                said=f"有数的 {reported} 个" if reported else "", button=Button("会前一页纸", "/brief"), waits=True
            ),
            _counted(f"红 {red}", red, Button("红灯", f"/brief {BriefList.RED}")),
            _counted(f"堵点 {stuck}", stuck, Button("堵点", f"/brief {BriefList.STUCK}")),
            _counted(f"待决 {raised}", raised, Button("待决", f"/brief {BriefList.RAISED}")),
            *([_counted(f"待审定 {signing} 份", signing, Button("待审定", "/bulletin"))] if signing else ()),
            _due_soon(soon, CHARGE_DUE_SOON),
            HomeEntry(button=Button("月度情况", "/bulletin"), waits=not soon and not signing),
        ),
    )


def of_supervisor(*, units: int, items: int, red: int, checking: int, bulletins: HomeEntry, soon: int) -> HomeCard:
    return HomeCard(
        role=Role.SUPERVISOR,
        whose=ROLES[Role.SUPERVISOR],
        entries=(
            _unreported(units, items),
            _counted(f"红 {red}", red, Button("红灯", f"/brief {BriefList.RED}")),
            _counted(f"待核 {checking}", checking, Button("待核", "/check")),
            HomeEntry(button=Button("会前一页纸", "/brief"), waits=True),
            bulletins,
            _due_soon(soon, DUE_SOON),
        ),
    )


def of_office(
    *,
    setup: str,
    bulletins: HomeEntry,
    unconfirmed: int,
    accepting: int,
    problems: int,
    misses: int,
    undelivered: int,
    suggestions: int,
    units: int,
    items: int,
) -> HomeCard:
    return HomeCard(
        role=Role.OFFICE,
        whose=ROLES[Role.OFFICE],
        entries=(
            HomeEntry(said=setup, button=Button("设置清单", "/setup"), waits=bool(setup)),
            bulletins,
            _counted(f"主责待确认 {unconfirmed} 个目标", unconfirmed, Button("主责待确认", "/gaps")),
            _counted(f"等认可 {accepting} 条", accepting, Button("等认可的", "/pending")),
            _counted(f"困难问题 {problems} 个", problems, Button("困难问题", "/problems")),
            _counted(f"没读懂 {misses} 句", misses, Button("没读懂的", "/misses")),
            _counted(f"没送到 {undelivered} 条", undelivered, Button("没送到的", f"/outbox {OutboxVerb.CASES}")),
            _counted(f"意见建议 {suggestions} 条", suggestions, Button("意见建议", "/suggestions")),
            _unreported(units, items),
            HomeEntry(button=Button("发通知", "/announce"), waits=True),
            HomeEntry(button=Button("邀请人员", "/invite"), waits=True),
        ),
    )


def of_signer(unit: str, *, approving: int, reminders: int) -> HomeCard:
    return HomeCard(
        role=Role.SIGNER,
        whose=f"{unit}{ROLES[Role.SIGNER]}",
        entries=(
            _counted(f"待审签 {approving} 条", approving, Button("审签", "/approve")),
            HomeEntry(button=Button("本单位进展", "我们局进展怎么样"), waits=True),
            HomeEntry(button=Button("困难问题", "/problems")),
            _counted(f"自设提醒 {reminders} 条", reminders, Button("我的提醒", "/reminders")),
        ),
    )


def of_projects() -> HomeCard:
    return HomeCard(
        role=Role.PROJECTS,
        whose=ROLES[Role.PROJECTS],
        entries=(
            HomeEntry(button=Button("项目清单", "/projects"), waits=True),
            HomeEntry(button=Button("困难问题", "/problems"), waits=True),
            HomeEntry(button=Button("月度情况", "/bulletin"), waits=True),
        ),
    )


def of_contact(projects: Sequence[str], *, reminders: int) -> HomeCard:
    """`projects` are those that the person reports on."""
    return HomeCard(
        role=Role.CONTACT,
        whose=f"{'、'.join(projects)}{ROLES[Role.CONTACT]}",
        entries=(
            HomeEntry(button=Button("报进展", "/report"), waits=True),
            *(HomeEntry(button=Button(f"{one}进展", f"{one}进展"), waits=True) for one in projects[:2]),
            HomeEntry(button=Button("我报过的", "/mine"), waits=True),
            _counted(f"自设提醒 {reminders} 条", reminders, Button("我的提醒", "/reminders")),
        ),
    )


def bulletins(drafts: Sequence[BulletinProcess], undrafted: tuple[date, str] | None, today: date) -> HomeEntry:
    """What is drafted and waits for its next step; `undrafted` is the day of a meeting and the label of the monthly
    one that is still to be drafted for it."""
    if undrafted:
        meeting, label = undrafted
        draft = Button("起草月度情况", f"/bulletin {BulletinVerb.DRAFT} {BulletinKind.MONTHLY} {label}")
        return HomeEntry(said=f"{day_text(meeting, today)}调度会的月度情况还没有起草", button=draft, waits=True)
    if len(drafts) != 1:
        said = f"草稿 {len(drafts)} 份" if drafts else ""
        return HomeEntry(said=said, button=Button("月度情况", "/bulletin"), waits=True)
    (one,) = drafts
    said = f"{short_title(one.bulletin)}{STAGES[one.stage(today)]}"
    return HomeEntry(said=said, button=Button("看草稿", f"/bulletin {one.bulletin.id}"), waits=True)


def _counted(said: str, count: int, button: Button) -> HomeEntry:
    return HomeEntry(said=said if count else "", button=button, waits=count > 0)


def _unreported(units: int, items: int) -> HomeEntry:
    return _counted(f"未报 {units} 家（{items} 项）", items, Button("谁没报", WHO_OWES))


def _due_soon(count: int, question: str) -> HomeEntry:
    return _counted(f"30 天内到期 {count}", count, Button("快到期", question))


def _left_of(unit: str) -> Button:
    return Button("还没报的", f"{unit}还有哪些目标没报")


def _owed_text(items: Sequence[PeriodItem], today: date) -> str:
    """3月要报 2 项，25 日截止; nothing where nothing is asked for."""
    asked = [one for one in items if one.duty is not Duty.NOT_OWED]
    left = owed(asked)
    if not asked:
        return "现在没有要报的" if items else ""
    if not left:
        return f"{periods_text(asked, today)}应报的 {len(asked)} 项都报了"
    done = f"（已报 {len(asked) - len(left)} 项）" if len(asked) > len(left) else ""
    return "，".join(filter(None, (f"{periods_text(left, today)}还要报 {len(left)} 项{done}", due_text(left, today))))
