"""Questions for targets, by period and deadline, and for how many sections."""

from collections.abc import Callable

from benchmarks.set_questions.draw import LEAD, Draw, Json, Written


def of_targets(draw: Draw) -> Written:
    tests: list[tuple[tuple[str, ...], Callable[[Json], bool]]] = [
        (("没写期限", "没有写期限", "没有期限"), lambda one: "deadline" not in one),
        (("写明期限", "有期限"), lambda one: "deadline" in one),
        (("2025年底到期", "2025年到期"), lambda one: one.get("deadline", "").startswith("2025")),
        (("每年都要完成", "按年度考核"), lambda one: one["period"] == "yearly"),
    ]
    words, holds = draw.choice(tests)
    what = draw.choice(words)
    unit, section = draw.unit(), draw.choice(draw.sections)
    where, ids = draw.choice(
        (
            ("", set(draw.tasks)),
            (f"{draw.part(section)}里", draw.within(section)),
            (f"{draw.said(unit)}牵头的任务里", draw.by(unit, LEAD)),
            (f"{draw.said(unit)}的任务里", draw.by(unit)),
        )
    )
    held = [[id_, target["name"]] for id_, target in draw.targets if id_ in ids and holds(target)]
    if draw.now_and_then(0.3):
        return f"{where}{what}的目标有几个", {"count": len(held)}
    return draw.choice((f"{where}{what}的目标有哪些", f"{where}有哪些{what}的目标", f"{where}{what}的目标")), {
        "targets": held
    }


def sections(draw: Draw) -> Written:
    """How many sections a unit has a part in."""
    unit = draw.unit()
    role, did = draw.role()
    held = {id_.partition(".")[0] for id_ in draw.by(unit, role)}
    u = draw.said(unit)
    return draw.choice((f"{u}在几个部分有{did}的任务", f"有几个部分有{u}{did}的任务")), {"count": len(held)}


def with_amounts(draw: Draw) -> Written:
    """Tasks by how much a target of theirs is."""
    measured = [one for _, one in draw.targets if one["unit"] not in {"个", "家"}]  # 有5个目标 counts them
    if not measured:
        return sections(draw)
    said = draw.choice(measured)
    value, unit = said["value"], said["unit"]
    ways: tuple[tuple[str, Callable[[int], bool]], ...] = (
        (f"有{value}{unit}的目标", lambda one: one == value),
        (f"目标超过{value}{unit}", lambda one: one > value),
        (f"有{value}{unit}以上的目标", lambda one: one >= value),
    )
    words, holds = draw.choice(ways)
    held = sorted({id_ for id_, one in draw.targets if one["unit"] == unit and holds(one["value"])})
    return draw.choice((f"{words}的任务有哪些", f"{words}的任务", f"{words}的是哪几项任务")), {"tasks": held}


TARGETS = (of_targets, sections, with_amounts)
