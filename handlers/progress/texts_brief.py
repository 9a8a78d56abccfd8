"""One page before a meeting: three lines of conclusion, then what is red, stuck and to be decided."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from handlers.access.policy import Action, Refusal
from handlers.progress.codes import BriefList
from handlers.texts.heading import reply_of
from handlers.texts.marks import bold, short, typeset
from handlers.texts.plan import value_text
from handlers.texts.reply import Button, Reply
from handlers.texts.report_words import STATES
from handlers.texts.rights import refused
from handlers.texts.standing import LIGHTS, by_another, day_text, light_text, said_text
from handlers.texts.standing_list import (
    behind_text,
    beside_text,
    counted_text,
    deciding_figure,
    opened,
    problems_text,
    units_text,
)
from knowledge.reports.model import State
from knowledge.standing.brief import Brief, Stop, Stuck
from knowledge.standing.picture import OpenProblem
from knowledge.standing.report import Report
from knowledge.standing.values import Light, Standing
from storage.rich_text import Text

ABOUT_BRIEF = "会前一页纸"
_LISTS = {BriefList.RED: "红灯", BriefList.STUCK: "堵点", BriefList.RAISED: "待决"}
_NONE = {
    BriefList.RED: "没有",
    BriefList.STUCK: "没有受阻的、有困难问题的，也没有长期没有新数的",
    BriefList.RAISED: "没有单位提出困难问题",
}
WHOLE, CHARGE = "全方案", "分管的"
MOST = 5
_WHOLE_PLAN = {BriefList.RED: "哪些任务是红灯", BriefList.STUCK: "/problems", BriefList.RAISED: "/problems"}
"""What shows of the whole plan what the lists hold of a charge."""
PROBLEMS = Button("困难问题", "/problems")
BY_RIGHT = {Action.URGE_PROJECT: Button("项目清单", "/projects"), Action.EXPORT: Button("导出", "/export")}
_LONGEST = 24
"""Characters of a name on the page."""
_LIGHTS = {
    "🟢 绿": (Light.GREEN,),
    "🟡 黄": (Light.AMBER,),
    "🔴 红": (Light.RED,),
    LIGHTS[Light.LIGHT_BLUE]: (Light.LIGHT_BLUE,),
    LIGHTS[Light.BLUE]: (Light.BLUE,),
}
_ALWAYS = 3
"""So many of them are told also where there is none."""
_TURNED = 2
"""So many that turned are named."""


def page(brief: Brief, scope: str, said: Mapping[int, str], command: str, further: Sequence[Button]) -> Reply:
    """`said` are the words of the reports that are shown, by number; `command` asks for the page again; `further`
    are those of BY_RIGHT that the reader may tap."""
    rows = {which: [line for line, _ in found] for which, found in _lists(brief, said).items()}
    blocks: list[Text] = [_change(brief), _pressing(brief, said)]
    for which, found in rows.items():
        title = _LISTS[which]
        blocks.append(bold(f"{title} {len(found)} 项") if found else bold(title) + f"：{_NONE[which]}")
        blocks += [typeset(row) for row in found[:MOST]]
        blocks += [f"另有 {len(found) - MOST} 项"] if len(found) > MOST else []
    red = [Button("看红灯", f"{command} {BriefList.RED}")] if brief.red else []
    stuck = [Button("堵点全部", f"{command} {BriefList.STUCK}")] if len(rows[BriefList.STUCK]) > MOST else []
    raised = Button("待决全部", f"{command} {BriefList.RAISED}") if len(rows[BriefList.RAISED]) > MOST else PROBLEMS
    return Reply(
        head=bold(_count(brief, scope)),
        blocks=tuple(blocks),
        foot=typeset(_days(brief)),
        buttons=(*red, *stuck, raised, Button("比上月", "/moves"), *further),
        whole=True,
    )


def listed(brief: Brief, scope: str, said: Mapping[int, str], which: BriefList, command: str) -> Reply:
    """One of the lists, whole; a row opens what it is of."""
    rows = _lists(brief, said)[which]
    head = f"{scope}:{_LISTS[which]} {len(rows)} 项,已全部列出" if rows else f"{scope}:{_LISTS[which]} 0 项"
    whole = [(WHOLE, _WHOLE_PLAN[which])] if scope == CHARGE else []
    reply = reply_of(head, [line for line, _ in rows], _days(brief), [(ABOUT_BRIEF, command), *whole])
    return replace(reply, opens={place: opens for place, (_, opens) in enumerate(rows)})


def _lists(brief: Brief, said: Mapping[int, str]) -> dict[BriefList, list[tuple[str, Button]]]:
    return {
        BriefList.RED: [(_red(one), opened(one)) for one in brief.red],
        BriefList.STUCK: [(_stuck(one, said), opened(one.standing)) for one in brief.stuck],
        BriefList.RAISED: [(_raised(one, said), _problem(one)) for one in brief.raised],
    }


def _problem(one: OpenProblem) -> Button:
    return Button(one.standing.subject.name, f"/problems {one.report.id}")


def not_yours(refusal: Refusal, unit: str | None, link: str) -> Reply:
    """Somebody who gets no page; who belongs to a unit is shown that one."""
    buttons = (Button("本单位进展", "我们局进展怎么样"),) if unit else ()
    return Reply(head=bold(refused(refusal, link)), buttons=buttons)


def no_such_section(said: str) -> Reply:
    return reply_of(f"没有“{said[:20]}”这个部分。", ["请发部分的序号,例如:/brief 五。"], "", [("全部", "/brief")])


def in_charge_of_nothing() -> Reply:
    return reply_of("您分管的部分和单位里没有方案的任务。", ["分管范围由办公室登记。"])


def section(title: str) -> str:
    return f"“{title}”部分"


def _count(brief: Brief, scope: str) -> str:
    """全方案：55 个目标中 12 个有数，🟢 绿 7、🟡 黄 3、🔴 红 2."""
    what, reported = counted_text(brief.counted), len(brief.reported)
    if not reported:
        return f"{scope}：{what}都还没有数"
    counts = {name: sum(brief.lights.get(light, 0) for light in lights) for name, lights in _LIGHTS.items()}
    counts["⚪ 不评灯"] = reported - sum(counts.values())
    shown = [f"{name} {count}" for at, (name, count) in enumerate(counts.items()) if count or at < _ALWAYS]
    return f"{scope}：{what}中 {reported} 个有数，{'、'.join(shown)}"


def _change(brief: Brief) -> str:
    """比上月底（10月31日）：有数 +2，转好 1 个、转差 2 个；转差：5.2 5G基站、1.1 技改项目."""
    day = day_text(brief.before, brief.today)
    if not brief.reported_before:
        return typeset(f"上月底（{day}）还没有数，不作比较。")
    told = f"有数 {_sign(len(brief.reported) - brief.reported_before)}"
    moved = f"转好 {len(brief.better)} 个、转差 {len(brief.worse)} 个" if brief.moves else "没有转好、转差的"
    return typeset(f"比上月底（{day}）：{told}，{moved}{_turned('转好', brief.better)}{_turned('转差', brief.worse)}")


def _turned(how: str, found: Sequence[Standing]) -> str:
    more = f" 等 {len(found)} 个" if len(found) > _TURNED else ""
    return f"；{how}：{'、'.join(map(_name, found[:_TURNED]))}{more}" if found else ""


def _sign(difference: int) -> str:
    return f"{difference:+d}" if difference else "持平"


def _pressing(brief: Brief, said: Mapping[int, str]) -> str:
    match brief.pressing:
        case OpenProblem() as one:
            told = f"{_name(one.standing)}，{_quoted(one.report, said)}（{one.report.unit}）"
        case Stuck() as one:
            told = f"{_name(one.standing)}，受阻" + (f"（{one.report.unit}）" if one.report else "")
        case Standing() as one:
            told = f"{_name(one)}，红灯，{behind_text(one)}"
        case None:
            return typeset("没有急需决定的事。")
    return typeset(f"最需要定的：{told}")


def _red(one: Standing) -> str:
    """5.2 5G基站：300 个 / 700个以上，慢 52 个百分点（市科经局，2月28日填报）."""
    return f"{_name(one)}：{'，'.join(filter(None, (_amount(one), behind_text(one))))}{_whose(one)}"


def _stuck(one: Stuck, said: Mapping[int, str]) -> str:
    held = one.standing
    if one.stop is Stop.BLOCKED and one.report:
        return f"{_name(held)}：{STATES[State.BLOCKED]}，{_quoted(one.report, said)}{_by(one.report, held.today)}"
    if one.stop is Stop.PROBLEM and one.report:
        return f"{_name(held)}：{problems_text(held)}{_by(one.report, held.today)}"
    if one.stop is Stop.OVERDUE:
        return f"{_name(held)}：{behind_text(held)}，没有数，{_goal(held)}（{held.owner or '各单位数相加'}）"
    behind = behind_text(held) if held.difference is not None and held.difference < 0 else ""
    told = filter(None, (f"{held.days_old} 天没有新数", _amount(held), behind))
    return f"{_name(held)}：{'，'.join(told)}{_whose(held)}"


def _raised(one: OpenProblem, said: Mapping[int, str]) -> str:
    told = f"{_quoted(one.report, said)}{_by(one.report, one.standing.today)}"
    return f"{_name(one.standing)}（{light_text(one.standing)}）：{told}"


def _name(one: Standing) -> str:
    return f"{one.subject.task} {short(one.subject.name, _LONGEST)}"


def _amount(one: Standing) -> str:
    figure = deciding_figure(one)
    told = said_text(figure) if figure else "没有数"
    return f"{told} / {value_text(one.target)}" if one.target else told


def _goal(one: Standing) -> str:
    return f"目标 {value_text(one.target)}" if one.target else ""


def _whose(one: Standing) -> str:
    figure = deciding_figure(one)
    if figure is None:
        return ""
    told = (
        units_text(figure),
        f"{day_text(figure.day, one.today)}{figure.tag.value}{by_another(figure.report)}",
        beside_text(one),
    )
    return f"（{'，'.join(filter(None, told))}）"


def _by(report: Report, today: date) -> str:
    return f"（{report.unit}，{day_text(report.day, today)}{by_another(report)}）"


def _quoted(report: Report, said: Mapping[int, str]) -> str:
    words = said.get(int(report.id), "")
    told = "，".join(filter(None, (words, report.note if report.note not in words else "")))
    return f"“{short(told)}”"


def _days(brief: Brief) -> str:
    today = day_text(brief.today, brief.today)
    if brief.first is None or brief.last is None:
        return f"截至 {today}，还没有填报。"
    first, last = day_text(brief.first, brief.today), day_text(brief.last, brief.today)
    span = f"数都是 {last}的" if first == last else f"数最早是 {first}的，最近是 {last}的"
    rest = len(brief.counted) - len(brief.reported)
    unsaid = f"；{rest} 个目标还没有数" if rest else ""
    return f"截至 {today}；{span}{unsaid}"
