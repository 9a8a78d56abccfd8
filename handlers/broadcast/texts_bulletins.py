"""Bulletins (通报): the text that is made of a snapshot, and what their releaser sees and does."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from handlers.broadcast.codes import BulletinVerb
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold, typeset
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.standing import LIGHTS, TO_CONFIRM, amount_text, day_text, percent_text, points_text
from knowledge.standing.bulletin import BulletinEntry, BulletinKind, Snapshot, period_of
from knowledge.standing.values import Light, Tag
from storage.bulletins import Bulletin, BulletinState
from storage.rich_text import Text

ABOUT_BULLETIN = "通报：看已发布的；督查室、办公室看草稿并发布"

TITLE_LENGTH, REMARK_LENGTH = 60, 200
_AHEAD, _PUSHED = 5, 12
"""So many are named; a table of all follows."""
_STATES = {BulletinState.DRAFT: "草稿", BulletinState.RELEASED: "已发布", BulletinState.DROPPED: "不发"}
_COLOURS = {
    "绿": (Light.GREEN,),
    "黄": (Light.AMBER,),
    "红": (Light.RED,),
    "完成": (Light.BLUE, Light.LIGHT_BLUE),
}
_QUARTERS, _JUNE = "一二三四", 6
_NOT_FORMAL = "代拟稿，以正式印发的为准；只帮助看进度，不作考核和问责依据。"


def title(bulletin: Bulletin) -> str:
    return bulletin.title or f"{period(bulletin.snapshot.kind, bulletin.snapshot.label)}进展情况通报"


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


def show(bulletin: Bulletin, *, releases: bool) -> Reply:
    """The whole text; a draft with what its releaser can do."""
    draft = bulletin.state is BulletinState.DRAFT
    head = title(bulletin) + ("" if bulletin.state is BulletinState.RELEASED else f"（{_STATES[bulletin.state]}）")
    key = f"/bulletin {bulletin.id}"
    buttons: tuple[Button, ...] = ()
    if draft and releases:
        buttons = (
            Button("发布", f"{key} {BulletinVerb.RELEASE}"),
            Button("改标题", f"{key} {BulletinVerb.TITLE}"),
            Button("补一句话", f"{key} {BulletinVerb.REMARK}"),
            Button("不发", f"{key} {BulletinVerb.DROP}"),
        )
    elif releases and bulletin.state is BulletinState.DROPPED:
        buttons = (Button("恢复为草稿", f"{key} {BulletinVerb.RESTORE}"),)
    return Reply(head=bold(head), blocks=tuple(_text(bulletin)), foot=typeset(_NOT_FORMAL), buttons=buttons)


def list_all(found: Sequence[Bulletin], *, releases: bool) -> Reply:
    if not found:
        none = "还没有通报草稿，也没有发布过通报。" if releases else "还没有发布过通报。"
        return reply_of(none, ["草稿按月、按季、半年和年终自动生成，由督查室或办公室发布。"])
    drafts = sum(one.state is BulletinState.DRAFT for one in found)
    head = f"通报草稿 {drafts} 份,已发布 {len(found) - drafts} 份" if releases else f"已发布的通报 {len(found)} 份"
    ordered = sorted(found, key=lambda one: one.state is not BulletinState.DRAFT)
    return reply_of(
        head,
        [f"{title(one)}（{_STATES[one.state]}，数据截至 {one.snapshot.as_of.isoformat()}）" for one in ordered],
        "",
        [(period(one.snapshot.kind, one.snapshot.label), f"/bulletin {one.id}") for one in ordered[:6]],
    )


def no_such() -> Reply:
    return reply_of("没有这份通报。", [], "", [("全部通报", "/bulletin")])


def not_a_draft(bulletin: Bulletin) -> Reply:
    return reply_of(f"这份通报{_STATES[bulletin.state]}，没有再改。", [], "", [("看全文", f"/bulletin {bulletin.id}")])


def ask_title(bulletin: Bulletin) -> Reply:
    return reply_of("请发新的标题", [f"现在的：{title(bulletin)}", f"不超过 {TITLE_LENGTH} 个字。"])


def ask_remark(bulletin: Bulletin) -> Reply:
    now = [f"现在的：{bulletin.remark}"] if bulletin.remark else []
    return reply_of("请发要补的一句话", [*now, f"不超过 {REMARK_LENGTH} 个字，放在总体之后。要去掉，发“删除”。"])


def too_long(limit: int) -> Reply:
    return reply_of(f"太长了，没有改。请不超过 {limit} 个字，再发一次。", [])


def ask_release(bulletin: Bulletin, recipients: int, beyond: int) -> Reply:
    tags = bulletin.snapshot.tags
    lines = [f"发给本方案已绑定的 {recipients} 人，每人一条，您自己不收。"]
    if beyond:
        lines.append(f"另有 {beyond} 人联系不上（没有和机器人说过话，或屏蔽了它）。")
    if tags.get(Tag.REPORTED):
        lines.append(f"其中 {tags[Tag.REPORTED]} 个数是单位填报、未经审定的，文中已注明。")
    lines.append("发布以后不能改。")
    key = f"/bulletin {bulletin.id}"
    return reply_of(
        f"确认发布《{title(bulletin)}》？",
        lines,
        "",
        [("确认发布", f"{key} {BulletinVerb.RELEASE} {BulletinVerb.CONFIRM}"), ("再看看", key)],
    )


def released(bulletin: Bulletin, recipients: int) -> Reply:
    whole = ("看全文", f"/bulletin {bulletin.id}")
    return reply_of(f"已发布，正在发给 {recipients} 人。", [title(bulletin)], "", [whole])


def dropped(bulletin: Bulletin) -> Reply:
    back = ("恢复为草稿", f"/bulletin {bulletin.id} {BulletinVerb.RESTORE}")
    return reply_of(f"《{title(bulletin)}》不发了。", ["要发时可以恢复。"], "", [back])


def _text(bulletin: Bulletin) -> list[Text]:
    held = bulletin.snapshot
    blocks: list[Text] = [typeset(one) for one in _whole(held)]
    if bulletin.remark:
        blocks.append(typeset(bulletin.remark))
    if held.ahead:
        blocks.append(bold("走在前面"))
        blocks += [typeset(_brief(one)) for one in held.ahead[:_AHEAD]]
    if held.pushed:
        blocks.append(bold(f"需加力事项 {len(held.pushed)} 项"))
        blocks += [typeset(_brief(one)) for one in held.pushed[:_PUSHED]]
        blocks += [typeset("其余见进度表。")] if len(held.pushed) > _PUSHED else []
    blocks += [typeset(_unreported(held)), *(typeset(one) for one in _next(held))]
    if held.entries:
        blocks.append(bold(f"有数的目标进度表（{len(held.entries)} 个）"))
        blocks += [typeset(_row(one, held.as_of)) for one in held.entries]
    return blocks


def _whole(held: Snapshot) -> list[str]:
    """总体, 口径 and for a half-year 双过半."""
    shown = [f"{name} {count}" for name, count in _counts(held.lights).items()]
    others = len(held.entries) - sum(_counts(held.lights).values())
    shown += [f"不评灯 {others}"] if others else []
    lines = [f"总体：{held.targets} 个目标中 {len(held.entries)} 个有数，{'、'.join(shown)}。{_against(held)}"]
    lines.append(f"数据截至 {held.as_of.isoformat()}{_tags(held)}。")
    if held.kind is BulletinKind.HALF_YEAR and period_of(held.kind, held.label)[1].month == _JUNE:
        half, of = held.halves
        told = f"有当年任务的 {of} 个目标中，{half} 个任务过半" if of else "还没有可以算当年任务的数"
        lines.append(f"双过半：{told}。")
    return lines


def _tags(held: Snapshot) -> str:
    """；填报 5、审定 3、核实 2，填报数未经审定."""
    shown = "、".join(f"{tag.value} {count}" for tag in Tag if (count := held.tags.get(tag)))
    return (f"；{shown}" if shown else "") + ("，填报数未经审定" if held.tags.get(Tag.REPORTED) else "")


def _counts(lights: Mapping[Light, int]) -> dict[str, int]:
    return {name: sum(lights.get(one, 0) for one in of) for name, of in _COLOURS.items()}


def _against(held: Snapshot) -> str:
    if held.last_lights is None or held.last_label is None:
        return "没有上一期，不作比较。"
    now, before = _counts(held.lights), _counts(held.last_lights)
    moves = [f"{name} {now[name] - before[name]:+d}" for name in now if now[name] != before[name]]
    return f"较上一期（{period(held.kind, held.last_label)}）：{'、'.join(moves) or '各灯数持平'}。"


def _unreported(held: Snapshot) -> str:
    if not held.unreported:
        return "未报情况：本期应报的都报了。"
    unowned = f"，其中 {held.unowned} 个主责{TO_CONFIRM}" if held.unowned else ""
    owing = f"，涉及已确认主责的 {held.owing} 家单位" if held.owing else ""
    return f"未报情况：本期 {held.unreported} 个目标没有报{unowned}{owing}。"


def _next(held: Snapshot) -> Iterable[str]:
    found = []
    if held.pushed:
        found.append(f"{len(held.pushed)} 项需加力事项，请责任单位核实数据，说明原因和赶上序时进度的办法")
    if held.unreported:
        found.append("没有报的请在下一个报送期内补报，没有变化的报“本期无变化”")
    if held.due:
        found.append(f"下一期内到期 {held.due} 项，请抓紧收尾")
    return [f"下步：{'；'.join(found)}。"] if found else []


def _brief(one: BulletinEntry) -> str:
    """5.2 5G基站：完成 88.6%，慢 6.4 个百分点: of matters, not of units."""
    parts = [] if one.share is None else [f"完成 {percent_text(one.share)}"]
    parts += [] if one.difference is None else [points_text(one.difference)]
    return f"{_name(one)}：{'，'.join(parts) or LIGHTS[one.light].split()[1]}"


def _row(one: BulletinEntry, as_of: date) -> str:
    """5.2 5G基站 620 个（+30） / 700个以上，88.6%，慢 6.4 个百分点，🟡 黄（市科经局填报，11月24日）."""
    parts = [f"{_name(one)} {_amount(one)} / {value_text(one.target)}"]
    parts += [] if one.share is None or one.value is None else [percent_text(one.share)]
    parts += [] if one.difference is None else [points_text(one.difference)]
    parts.append(LIGHTS[one.light])
    units = "、".join(one.units[:2]) + (f" 等 {len(one.units)} 家" if len(one.units) > 2 else "")
    return f"{'，'.join(parts)}（{units}{one.tag.value}，{day_text(one.day, as_of)}）"


def _amount(one: BulletinEntry) -> str:
    if one.beside:
        return f"{len(one.units)} 家分别填报，主责{TO_CONFIRM}"
    about = "约 " if one.approx else ""
    if one.value is None:
        return f"{about}完成率 {amount_text(one.percent or Decimal(0), '%')}"
    return about + amount_text(one.value, one.measure) + (f"（{_signed(one)}）" if one.moved else "")


def _signed(one: BulletinEntry) -> str:
    return f"较上期 {'+' if (one.moved or 0) > 0 else ''}{amount_text(one.moved or Decimal(0), one.measure)}"


def _name(one: BulletinEntry) -> str:
    return f"{one.target.task} {one.target.name}"
