"""What a bulletin says, made of its snapshot and of what the units found wrong in it.

It speaks of matters: no unit stands in an order of its own, none is last, and who has not reported is a number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

from handlers.broadcast.bulletin_process import BulletinProcess
from handlers.broadcast.codes import BulletinVerb
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import number_text, value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import RECORDERS
from handlers.texts.standing import LIGHTS, TO_CONFIRM, amount_text, day_text, percent_text, points_text
from knowledge.standing.bulletin import BulletinEntry, BulletinKind, Snapshot, period_of
from knowledge.standing.values import Figure, Light, Tag
from storage.bulletin_steps import BulletinStep
from storage.bulletins import Bulletin
from storage.fact_checks import FactAnswer, FactCorrection
from storage.rich_text import Text, joined

CALLED = {
    BulletinKind.MONTHLY: "月度进展情况",
    BulletinKind.QUARTERLY: "通报",
    BulletinKind.HALF_YEAR: "小结",
    BulletinKind.ANNUAL: "小结",
}
TAGS = {Tag.REPORTED: "填报，未审签", Tag.APPROVED: "单位审签", Tag.CHECKED: "核实"}
_FROZEN = {**TAGS, Tag.REPORTED: "填报"}
"""Of what was marked since, where that it was not says nothing any more."""
_AHEAD, _PUSHED, _NAMED = 5, 12, 6
"""So many are named; the annex has all."""
_COLOURS = {
    "完成": (Light.BLUE, Light.LIGHT_BLUE),
    "绿": (Light.GREEN,),
    "黄": (Light.AMBER,),
    "红": (Light.RED,),
}
_MOVES = ("转好", "转差", "持平")
_ORDER, _QUARTERS, _JUNE = "一二三四五六七八九", "一二三四", 6
BASIS = "口径：有节点的按节点，没有的按时间推算序时进度；填报、单位审签、核实分别注明，不评灯的不比序时"
_NONE_OWED = {False: "本期应报的都报了", True: "本期没有应报的项"}
_NOT_FORMAL = "代拟稿，以正式印发的为准；只帮助看进度，不作考核和问责依据。"


def title(bulletin: Bulletin) -> str:
    return bulletin.title or usual_title(bulletin.snapshot.kind, bulletin.snapshot.label)


def usual_title(kind: BulletinKind, label: str) -> str:
    """月度进展情况（2023年3月）, 关于2023年第一季度进展情况的通报, 2023年上半年进展情况小结."""
    match kind:
        case BulletinKind.MONTHLY:
            return f"月度进展情况（{period(kind, label)}）"
        case BulletinKind.QUARTERLY:
            return f"关于{period(kind, label)}进展情况的通报"
    return f"{period(kind, label)}进展情况小结"


def period(kind: BulletinKind, label: str) -> str:
    """2023年3月, 2023年1—2月, 2023年第一季度, 2023年上半年, 2023年度."""
    first, last = period_of(kind, label)
    match kind:
        case BulletinKind.MONTHLY:
            months = f"{first.month}" if first.month == last.month else f"{first.month}—{last.month}"
            return f"{first.year}年{months}月"
        case BulletinKind.QUARTERLY:
            return f"{first.year}年第{_QUARTERS[last.month // 3 - 1]}季度"
        case BulletinKind.HALF_YEAR:
            return f"{first.year}年{'上' if last.month == _JUNE else '下'}半年"
        case BulletinKind.ANNUAL:
            return f"{first.year}年度"


def paper(process: BulletinProcess, *, mark: str = "", key: str = "") -> Reply:
    """The text without its annex.

    `mark` says what becomes of it where it is not released; `key` is the line of a draft before the present one.
    """
    entries = len(process.bulletin.snapshot.entries)
    line = f"{key or f'/bulletin {process.bulletin.id}'} {BulletinVerb.ANNEX}"
    buttons = (Button(f"附表（{entries} 个目标）", line),) if entries else ()
    head = bold(title(process.bulletin) + mark)
    return Reply(head=head, blocks=tuple(_text(process)), foot=typeset(_NOT_FORMAL), buttons=buttons)


def annex(process: BulletinProcess, *, mark: str = "", key: str = "") -> Reply:
    """All targets with a figure, in the plan's order, and beside each what units found wrong in it."""
    entries = len(process.bulletin.snapshot.entries)
    return Reply(
        head=bold(f"《{title(process.bulletin)}》附表：有数的 {entries} 个目标{mark}"),
        blocks=tuple(_annex(process.bulletin.snapshot, process.corrections)),
        foot=typeset(f"累计 / 目标、序时差、灯、较上期。{_NOT_FORMAL}"),
        buttons=(Button("看全文", f"{key or f'/bulletin {process.bulletin.id}'} {BulletinVerb.TEXT}"),),
    )


def back(bulletin: Bulletin) -> tuple[str, str]:
    """The button that leads to its card."""
    return "回到这一份", f"/bulletin {bulletin.id}"


def entry_row(one: BulletinEntry, held: Snapshot) -> str:
    """5.2 5G基站：620 个 / 700个以上，慢 6.4 个百分点，🟡 黄，较上期 +30 个；主责市科经局，3月31日填报，未审签."""
    parts = [f"{entry_name(one)}：{_amount(one)} / {value_text(one.target)}"]
    if one.returned:
        return f"{parts[0]}；起草后已退回或撤回，没有重报，按未报算"
    parts += [] if one.difference is None else [points_text(one.difference)]
    parts.append(LIGHTS[one.light])
    parts += [_moved(one)] if one.moved else []
    return f"{'，'.join(parts)}；{_whose(one)}，{_basis(one, held)}"


def entry_name(one: BulletinEntry) -> str:
    return f"{one.target.task} {one.target.name}"


def reported_words(figure: Figure, today: date) -> str:
    """又报 420 个（4月3日）: another figure than the frozen one."""
    about = "约 " if figure.approx else ""
    said = _figure_text(figure.value, figure.measure, figure.percent)
    return f"又报 {about}{said}（{day_text(figure.day, today)}）"


def correction_line(unit: str, words: str) -> str:
    return f"注：{unit}核对时提出：{words}"


def names_text(names: Iterable[str]) -> str:
    """A、B、C 等 9 个."""
    whole = list(names)
    return "、".join(whole[:_NAMED]) + (f" 等 {len(whole)} 个" if len(whole) > _NAMED else "")


def _text(process: BulletinProcess) -> Iterator[Text]:
    held = process.bulletin.snapshot
    parts = [(name, lines) for name, of in _PARTS if (lines := of(held))]
    for place, (name, lines) in enumerate(parts):
        yield from _headed(f"{_ORDER[place]}、{name}", lines)
        if place == 0:
            yield from map(typeset, filter(None, (process.bulletin.remark, _as_of(held))))
    if process.checks and BulletinStep.REVIEW in process.steps:
        yield typeset(_checked(process))
    yield typeset(f"{BASIS}。")


def _as_of(held: Snapshot) -> str:
    return f"数据截至 {held.as_of.isoformat()}，口径见文末。"


def _headed(head: str, lines: Sequence[str]) -> Iterator[Text]:
    """The head never closes a page: it is one block with the first line."""
    first, *rest = map(typeset, lines)
    yield joined([bold(head), first])
    yield from rest


def _whole(held: Snapshot) -> list[str]:
    """总体, against the last bulletin, and for a half-year 双过半."""
    counts = _counts(held.lights)
    unlit = len(held.figures) - sum(counts.values())
    shown = "、".join(f"{name} {count}" for name, count in {**counts, "不评灯": unlit}.items() if count)
    lines = [
        f"{held.targets} 个目标，没有数的 {held.targets - len(held.figures)} 个，有数的 {len(held.figures)} 个"
        + (f"：{shown}。" if shown else "。"),
        _against(held),
    ]
    if held.kind is BulletinKind.HALF_YEAR and period_of(held.kind, held.label)[1].month == _JUNE:
        half, of = held.halves
        told = f"有当年任务的 {of} 个目标中，{half} 个任务过半" if of else "还没有可以算当年任务的数"
        lines.append(f"双过半：{told}。")
    return lines


def _counts(lights: Mapping[Light, int]) -> dict[str, int]:
    return {name: sum(lights.get(one, 0) for one in of) for name, of in _COLOURS.items()}


def _against(held: Snapshot) -> str:
    if held.last_label is None:
        return "没有上一期，不作比较。"
    turned = "、".join(f"{name} {count}" for name, count in zip(_MOVES, held.moves, strict=True) if count)
    told = f"可比的 {sum(held.moves)} 个目标：{turned}" if turned else "没有可比的目标"
    return f"较上期（{period(held.kind, held.last_label)}），{told}。"


def _good(held: Snapshot) -> list[str]:
    lines = []
    if held.reached:
        since = "" if held.last_label is None else "新"
        lines.append(f"{since}完成 {len(held.reached)} 个目标：{names_text(map(entry_name, held.reached))}。")
    ahead = held.ahead(_AHEAD)
    lines += ["走在前面："] if ahead else []
    return lines + [_brief(one) for one in ahead]


def _pushed(held: Snapshot) -> list[str]:
    lines = [f"{_brief(one)}（{_basis(one, held)}）" for one in held.pushed]
    more = len(lines) - _PUSHED
    lines = lines[:_PUSHED] + ([f"另有 {more} 个，见附表。"] if more > 0 else [])
    return [f"共 {len(held.pushed)} 个目标：", *lines] if lines else []


def _unreported(held: Snapshot) -> list[str]:
    told = f"本期未报 {held.owed} 项，涉及 {held.owing} 家单位" if held.owed else _NONE_OWED[held.reported == 0]
    bare = f"；另有 {held.unowned} 个目标主责{TO_CONFIRM}，不计未报" if held.unowned else ""
    return [f"{told}{bare}。"]


def _troubles(held: Snapshot) -> list[str]:
    """Of matters, each with what it rests on."""
    overdue = [entry_name(one) for one in held.figures if one.overdue]
    stale = [entry_name(one) for one in held.figures if one.stale]
    raised = [f"{task} {name}" for task, name in held.problems]
    found = [
        (f"已过期限没有完成的 {len(overdue)} 个目标", overdue),
        (f"该更新没有更新的 {len(stale)} 个目标", stale),
        (f"单位提出、还没有解决的困难问题涉及 {len(raised)} 项", raised),
    ]
    return [f"{told}：{names_text(names)}。" for told, names in found if names]


def _next(held: Snapshot) -> list[str]:
    """事项、责任、时限."""
    by = f"{day_text(held.next_due, held.as_of)}前" if held.next_due else "下一个报送截止日前"
    found = []
    if held.pushed:
        found.append(f"需加力的 {len(held.pushed)} 个目标：责任单位核实数据，说明原因和赶上序时进度的办法；{by}")
    if held.owed:
        found.append(f"未报的 {held.owed} 项：主责单位补报，没有变化的报“本期无变化”；{by}")
    if held.unowned:
        found.append(f"主责{TO_CONFIRM}的 {held.unowned} 个目标：领导小组办公室提出主责，按程序确认")
    soon = [f"{one.task} {one.name}（{one.owner or '责任单位'}，{one.deadline.isoformat()}）" for one in held.soon]
    if held.due:
        found.append(f"下一期内到期的 {held.due} 个目标，抓紧收尾" + (f"：{names_text(soon)}" if soon else ""))
    return [f"{number}. {one}。" for number, one in enumerate(found, start=1)]


_PARTS = (
    ("总体", _whole),
    ("主要成效", _good),
    ("需加力事项", _pushed),
    ("未报情况", _unreported),
    ("存在问题", _troubles),
    ("下步要求", _next),
)


def _annex(held: Snapshot, corrections: Iterable[tuple[str, FactCorrection]]) -> Iterator[Text]:
    """Section by section."""
    found: dict[int | None, list[str]] = defaultdict(list)
    for unit, one in corrections:
        found[one.entry].append(correction_line(unit, one.words))
    section = ""
    for number, entry in enumerate(held.entries):
        row: list[Text] = [typeset("\n".join((entry_row(entry, held), *found[number])))]
        own = held.sections.get(entry.target.task, "")
        if own != section:
            section, row = own, [bold(own), *row]
        yield joined(row)
    yield from map(typeset, found[None])


def _checked(process: BulletinProcess) -> str:
    """本期数已由 3 家单位核对：无误 1 家、有出入 1 家、到期没有答复视为无误 1 家."""
    shown = [
        (len(process.answered(FactAnswer.RIGHT)), "无误"),
        (len(process.answered(FactAnswer.DIFFERS)), "有出入（见附表的注）"),
        (len(process.answered(None)), "到期没有答复、视为无误"),
    ]
    return (
        f"事实由涉及的 {len(process.checks)} 家单位核对：" + "、".join(f"{n} 家{word}" for n, word in shown if n) + "。"
    )


def _brief(one: BulletinEntry) -> str:
    """5.2 5G基站：完成 88.6%，序时进度 95%，慢 6.4 个百分点: of matters, not of units."""
    parts = [] if one.share is None else [f"完成 {percent_text(one.share)}"]
    parts += [] if one.expected is None else [f"序时进度 {percent_text(one.expected)}"]
    parts += [] if one.difference is None else [points_text(one.difference)]
    parts += ["已过期限"] if one.overdue else []
    return f"{entry_name(one)}：{'，'.join(parts) or LIGHTS[one.light].split()[1]}"


def _whose(one: BulletinEntry) -> str:
    """主责市科经局; of what nobody is confirmed for, who reported."""
    units = "、".join(one.units[:2]) + (f" 等 {len(one.units)} 家" if len(one.units) > 2 else "")
    if one.owner is None:
        return f"{units}，主责{TO_CONFIRM}"
    return f"主责{one.owner}" if one.units == (one.owner,) else f"主责{one.owner}，{units}"


def _amount(one: BulletinEntry) -> str:
    if one.beside:
        return f"{len(one.units)} 家分别填报"
    about = "约 " if one.approx else ""
    return about + _figure_text(one.value, one.measure, one.percent)


def _figure_text(value: Decimal | None, measure: str | None, percent: Decimal | None) -> str:
    return f"完成率 {number_text(percent or Decimal(0))}%" if value is None else amount_text(value, measure)


def _basis(one: BulletinEntry, held: Snapshot) -> str:
    """3月31日填报，未审签; of what was marked after the freeze 3月31日填报，起草后核实."""
    tag = f"{_FROZEN[one.tag]}，起草后{TAGS[one.marked]}" if one.marked else TAGS[one.tag]
    by = f"，{RECORDERS[one.behalf]}代录" if one.behalf else ""
    return f"{day_text(one.day, held.as_of)}{tag}{by}"


def _moved(one: BulletinEntry) -> str:
    moved = one.moved or Decimal(0)
    unit = "个百分点" if one.measure == "%" else one.measure
    return f"较上期 {'+' if moved > 0 else ''}{amount_text(moved, unit)}"
