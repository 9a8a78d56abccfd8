"""Bulletins as those who release them see them: the list, the card with its steps, and what is asked on the way."""

from collections.abc import Mapping, Sequence
from datetime import date

from handlers.broadcast.bulletin_process import BulletinProcess, BulletinStage
from handlers.broadcast.codes import BulletinVerb
from handlers.broadcast.texts_bulletin_paper import CALLED, back, names_text, period, title, usual_title
from handlers.broadcast.texts_bulletin_steps import ANSWERS, STEPS, signature_text
from handlers.chat.paging import BUTTONS
from handlers.people.texts import person
from handlers.texts.heading import reply_of
from handlers.texts.reply import Reply
from handlers.texts.standing import day_text
from knowledge.standing.bulletin import BulletinKind
from knowledge.standing.values import Tag
from storage.bulletin_steps import BulletinStep, OldDraft, RegisteredStep
from storage.bulletins import Bulletin
from storage.people import Member

ABOUT_BULLETIN = "月度进展情况、通报、小结：看已发布的；督查室、办公室起草、送核、发布"

TITLE_LENGTH, REMARK_LENGTH = 60, 200
STAGES = {
    BulletinStage.TO_CHECK: "草稿，待送核对",
    BulletinStage.CHECKING: "草稿，核对中",
    BulletinStage.TO_REVIEW: "草稿，待核稿",
    BulletinStage.TO_SIGN: "草稿，待审定",
    BulletinStage.TO_RELEASE: "草稿，待发布",
    BulletinStage.RELEASED: "已发布",
    BulletinStage.DROPPED: "不发",
}
BY_RULE = "按规则"
People = Mapping[int, Member]

_NEXT = {
    BulletinStage.TO_CHECK: ("送单位核对", BulletinVerb.CHECK),
    BulletinStage.TO_REVIEW: ("登记核稿", BulletinVerb.REVIEW),
    BulletinStage.TO_SIGN: ("登记审定", BulletinVerb.SIGN),
    BulletinStage.TO_RELEASE: ("发布", BulletinVerb.RELEASE),
    BulletinStage.DROPPED: ("恢复为草稿", BulletinVerb.RESTORE),
}
_WORDING = (("改标题", BulletinVerb.TITLE), ("补一句话", BulletinVerb.REMARK))


def card(
    process: BulletinProcess,
    people: People,
    old: int,
    since: Sequence[tuple[str, str]],
    today: date,
    *,
    more: bool = False,
) -> Reply:
    """What has been done with it, step by step, and what can be done next; `old` counts its earlier drafts.

    `since` are the targets that were reported on after the freeze. What there is no room for among the buttons stands
    there where `more` is asked for.
    """
    stage = process.stage(today)
    held = process.bulletin.snapshot
    counts = f"{held.targets} 个目标，有数 {len(held.figures)} 个，需加力 {len(held.pushed)} 个"
    lines = [f"数据截至 {held.as_of.isoformat()}，已固化；{counts}。", *_steps(process, people, old, today)]
    if process.bulletin.remark:
        lines.append(f"补的话：{process.bulletin.remark}")
    if since:
        named = names_text(f"{task} {name}" for task, name in since)
        lines.append(f"固化以后又有 {len(since)} 个目标报了数：{named}。要用新数的，重新起草。")
    key = f"/bulletin {process.bulletin.id}"
    buttons = [(label, f"{key} {verb}") for label, verb in _buttons(process, stage, old)]
    if len(buttons) > BUTTONS:
        first = BUTTONS - 1
        buttons = (
            [*buttons[first:], back(process.bulletin)]
            if more
            else [*buttons[:first], ("更多", f"{key} {BulletinVerb.MORE}")]
        )
    return reply_of(f"{title(process.bulletin)}（{STAGES[stage]}）", lines, "", buttons)


def _buttons(process: BulletinProcess, stage: BulletinStage, old: int) -> list[tuple[str, BulletinVerb]]:
    """The likeliest first."""
    text = ("看全文", BulletinVerb.TEXT)
    if stage is BulletinStage.RELEASED:
        return [text]
    found = [_NEXT[stage]] if stage in _NEXT else []
    found.append(text)
    if stage is BulletinStage.DROPPED:
        return found
    found += [("核对情况", BulletinVerb.CHECKS)] if process.checks else []
    found += [(f"撤回{STEPS[process.last]}", BulletinVerb.UNDO)] if process.last else []
    found += [] if BulletinStep.REVIEW in process.steps else _WORDING
    found += [("重新起草", BulletinVerb.REDRAFT), ("不发", BulletinVerb.DROP)]
    found += [("看旧稿", BulletinVerb.OLD)] if old else []
    return found


def _steps(process: BulletinProcess, people: People, old: int, today: date) -> list[str]:
    told = [_drafted(process, people, old, today), _checked(process, people, today)]
    told += [_signed(process, one, people, today) for one in (BulletinStep.REVIEW, BulletinStep.SIGN)]
    bulletin = process.bulletin
    released = "发布：还没有"
    if bulletin.released_on:
        who = "" if bulletin.released_by is None else f"，{person(people[bulletin.released_by])}"
        released = f"发布：{day_text(bulletin.released_on, today)}{who}"
    return [f"{number} {line}" for number, line in enumerate((*told, released), start=1)]


def _who(step: RegisteredStep, people: People) -> str:
    return BY_RULE if step.by is None else person(people[step.by])


def _drafted(process: BulletinProcess, people: People, old: int, today: date) -> str:
    step = process.steps[BulletinStep.DRAFT]
    which = f"，第 {old + 1} 稿（旧稿留存 {old} 份）" if old else ""
    return f"草拟：{day_text(step.day, today)}，{_who(step, people)}{which}"


def _checked(process: BulletinProcess, people: People, today: date) -> str:
    step = process.steps.get(BulletinStep.CHECK)
    if step is None:
        return "核对：还没有送单位"
    begun = f"核对：{day_text(step.day, today)}由{_who(step, people)}"
    if step.until is None or not process.checks:
        return f"{begun}登记，没有涉及单位的数，不用核对"
    silent = len(process.answered(None))
    counts = [f"{word} {n} 家" for answer, word in ANSWERS.items() if (n := len(process.answered(answer)))]
    if silent:
        counts.append(f"还没有答复 {silent} 家" if process.is_open(today) else f"没有答复、视为无误 {silent} 家")
    sent = f"送 {len(process.checks)} 家，{day_text(step.until, today)}下班前答复"
    return f"{begun}{sent}；{'、'.join(counts)}"


def _signed(process: BulletinProcess, which: BulletinStep, people: People, today: date) -> str:
    name = STEPS[which]
    if which is BulletinStep.SIGN and not process.needs_signature:
        return "审定：会议附表，不另审定"
    step = process.steps.get(which)
    if step is None or step.signature is None:
        return f"{name}：还没有登记"
    return f"{name}：{signature_text(step.signature, today)}；{day_text(step.day, today)}由{_who(step, people)}登记"


def list_all(
    found: Sequence[BulletinProcess], today: date, to_sign: Sequence[BulletinProcess], *, releases: bool
) -> Reply:
    """`to_sign` are drafts that the reader is to sign on paper, and cannot open."""
    begin = [("起草", f"/bulletin {BulletinVerb.DRAFT}")] if releases else []
    if not found and not to_sign:
        none = "还没有草稿，也没有发布过。" if releases else "还没有发布过月度进展情况、通报和小结。"
        lines = ["月度进展情况会前自动起草，通报、小结按季、半年和年终自动起草；核对、核稿以后才发布。"]
        return reply_of(none, lines, "", begin)
    stages = {one.bulletin.id: one.stage(today) for one in found}
    released = sum(stage is BulletinStage.RELEASED for stage in stages.values())
    head = f"草稿 {len(found) - released} 份，已发布 {released} 份" if releases else f"已发布 {released} 份"
    waits = f"待审定 {len(to_sign)} 份，" if to_sign else ""
    ordered = sorted(found, key=lambda one: stages[one.bulletin.id] is BulletinStage.RELEASED)
    return reply_of(
        f"{waits}{head}",
        [
            *(f"{title(one.bulletin)}：核稿已登记，待线下审定，由督查室登记" for one in to_sign),
            *(
                f"{title(one.bulletin)}（{STAGES[stages[one.bulletin.id]]}，"
                f"数据截至 {one.bulletin.snapshot.as_of.isoformat()}）"
                for one in ordered
            ),
        ],
        "",
        [*((short_title(one.bulletin), f"/bulletin {one.bulletin.id}") for one in ordered[: 6 - len(begin)]), *begin],
    )


def short_title(bulletin: Bulletin) -> str:
    return f"{period(bulletin.snapshot.kind, bulletin.snapshot.label)}{CALLED[bulletin.snapshot.kind]}"


def no_such() -> Reply:
    return reply_of("没有这一份。", [], "", [("全部", "/bulletin")])


def not_a_draft(process: BulletinProcess, today: date) -> Reply:
    said = STAGES[process.stage(today)]
    return reply_of(f"《{title(process.bulletin)}》{said}，没有再改。", [], "", [back(process.bulletin)])


_WAITS: dict[BulletinStage, str] = {
    BulletinStage.TO_CHECK: "还没有送单位核对",
    BulletinStage.CHECKING: "核对还没有结束",
    BulletinStage.TO_REVIEW: "核稿还没有登记",
    BulletinStage.TO_SIGN: "审定还没有登记",
    BulletinStage.TO_RELEASE: "核对、核稿已经登记，可以发布",
}


TO_CHECK, TO_REVIEW, TO_SIGN, TO_RELEASE = "送核对", "登记核稿", "登记审定", "发布"


def not_yet(process: BulletinProcess, wanted: str, today: date) -> Reply:
    """A step out of its turn; nothing was done."""
    stage = process.stage(today)
    until = f"，{day_text(process.until, today)}下班前答复的都算" if process.until else ""
    said = _WAITS[stage] + (until if stage is BulletinStage.CHECKING else "")
    return reply_of(f"现在不能{wanted}：{said}。", [], "", [back(process.bulletin)])


def once_a_quarter(other: Bulletin, again: date, today: date) -> Reply:
    """通报一季至多一期."""
    on = f"{day_text(other.released_on, today)}" if other.released_on else ""
    return reply_of(
        "通报一季至多一期，没有发。",
        [f"本季度已经发布《{title(other)}》（{on}）；这一份 {again.isoformat()} 起才能发。"],
        "",
        [("看已发布的", f"/bulletin {other.id}")],
    )


def ask_draft(kind: BulletinKind, labels: Sequence[str], as_of: date, today: date, other: Bulletin | None) -> Reply:
    """Before anything is frozen, with the figures of `as_of`.

    `labels` are the period meant and what else it may be, `other` this quarter's 通报.
    """
    label, *more = labels
    key = f"/bulletin {BulletinVerb.DRAFT}"
    lines = [
        f"{_as_of(as_of, today)}，起草以后固化，之后再报的数不进这一稿。",
        "只有督查室、办公室看得到；核对、核稿" + ("" if kind is BulletinKind.MONTHLY else "、审定") + "以后才发布。",
    ]
    if other is not None:
        lines.append(f"通报一季至多一期：本季度已经发布《{title(other)}》，这一份下个季度才能发布。")
    buttons = [("确认起草", f"{key} {kind} {label} {BulletinVerb.CONFIRM}")]
    buttons += [(f"换成{period(kind, one)}", f"{key} {kind} {one}") for one in more]
    buttons += [(f"换成{_KINDS[one]}", f"{key} {one}") for one in BulletinKind if one is not kind]
    return reply_of(f"起草《{usual_title(kind, label)}》？", lines, "", buttons[:6])


def _as_of(day: date, today: date) -> str:
    return f"数据截至今天（{day.isoformat()}）" if day == today else f"数据截至这一期最后一天（{day.isoformat()}）"


_KINDS = {
    BulletinKind.MONTHLY: "月度",
    BulletinKind.QUARTERLY: "季度通报",
    BulletinKind.HALF_YEAR: "半年小结",
    BulletinKind.ANNUAL: "年度小结",
}


def not_offered(kind: BulletinKind, labels: Sequence[str]) -> Reply:
    """Another period was asked for."""
    key = f"/bulletin {BulletinVerb.DRAFT} {kind}"
    return reply_of(
        "现在只能起草这两期。",
        ["更早的不再起草；已经发布的发“看通报”可以看。"],
        "",
        [(f"起草{period(kind, one)}", f"{key} {one}") for one in labels],
    )


def ask_redraft(process: BulletinProcess, as_of: date, today: date) -> Reply:
    """`as_of` is the day whose figures it would have."""
    begun = "、".join(STEPS[one] for one in process.steps if one in STEPS)
    lines = [
        (
            f"重新固化：{_as_of(as_of, today)}；现在这一稿（数据截至"
            f" {process.bulletin.snapshot.as_of.isoformat()}）作旧稿留存。标题和补的话不变。"
        ),
        f"已经登记的{begun}作废，要重新办。" if begun else "",
    ]
    key = f"/bulletin {process.bulletin.id}"
    sure = ("重新起草", f"{key} {BulletinVerb.REDRAFT} {BulletinVerb.CONFIRM}")
    return reply_of(f"重新起草《{title(process.bulletin)}》？", lines, "", [sure, ("不改", key)])


def list_old(bulletin: Bulletin, old: Sequence[OldDraft]) -> Reply:
    key = f"/bulletin {bulletin.id}"
    return reply_of(
        f"《{title(bulletin)}》的旧稿 {len(old)} 份",
        [f"第 {number} 稿：数据截至 {one.snapshot.as_of.isoformat()}" for number, one in enumerate(old, start=1)],
        "",
        [
            *((f"看第 {number} 稿", f"{key} {BulletinVerb.OLD} {number}") for number in range(1, len(old) + 1)[:5]),
            back(bulletin),
        ],
    )


def old_mark(number: int) -> str:
    return f"（旧稿，第 {number} 稿，不作数）"


def reviewed_already(bulletin: Bulletin) -> Reply:
    return reply_of("核稿已经登记，标题和补的话不再改。", ["要改的，先撤回核稿。"], "", [back(bulletin)])


def ask_title(bulletin: Bulletin) -> Reply:
    return reply_of("请发新的标题", [f"现在的：{title(bulletin)}", f"不超过 {TITLE_LENGTH} 个字。"])


def ask_remark(bulletin: Bulletin) -> Reply:
    now = [f"现在的：{bulletin.remark}"] if bulletin.remark else []
    return reply_of("请发要补的一句话", [*now, f"不超过 {REMARK_LENGTH} 个字，放在总体之后。要去掉，发“删除”。"])


def too_long(limit: int) -> Reply:
    return reply_of(f"太长了，没有改。请不超过 {limit} 个字，再发一次。", [])


def ask_release(bulletin: Bulletin, recipients: int, beyond: int, leaders: int) -> Reply:
    tags = bulletin.snapshot.tags
    lines = [f"发给本方案已绑定的 {recipients} 人，每人一条，您自己不收。"]
    if leaders:
        lines.append(f"不推送市领导（{leaders} 人），他们问的时候能看。")
    if beyond:
        lines.append(f"另有 {beyond} 人联系不上（没有和机器人说过话，或屏蔽了它）。")
    if tags.get(Tag.REPORTED):
        lines.append(f"其中 {tags[Tag.REPORTED]} 个数是单位填报、未审签的，文中已注明。")
    lines.append("发布以后不能改。")
    key = f"/bulletin {bulletin.id}"
    return reply_of(
        f"确认发布《{title(bulletin)}》？",
        lines,
        "",
        [("确认发布", f"{key} {BulletinVerb.RELEASE} {BulletinVerb.CONFIRM}"), ("再看看", key)],
    )


def released(bulletin: Bulletin, recipients: int) -> Reply:
    whole = ("看全文", f"/bulletin {bulletin.id} {BulletinVerb.TEXT}")
    return reply_of(f"已发布，正在发给 {recipients} 人。", [title(bulletin)], "", [whole])


def dropped(bulletin: Bulletin) -> Reply:
    back = ("恢复为草稿", f"/bulletin {bulletin.id} {BulletinVerb.RESTORE}")
    return reply_of(f"《{title(bulletin)}》不发了。", ["要发时可以恢复。"], "", [back])
