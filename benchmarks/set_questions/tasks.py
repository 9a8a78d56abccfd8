"""Questions for tasks: by their units, sections, sizes and targets."""

from benchmarks.set_questions.draw import ANY, ASSIST, LEAD, MATCHED, Draw, Written


def has_one_not_other(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    a, b = draw.said(one), draw.said(other)
    what = draw.choice(
        (
            f"{a}有、{b}没有",
            f"{a}有而{b}没有",
            f"{a}参与但{b}没参与",
            f"{a}参与而{b}不参与",
            f"有{a}没有{b}",
            f"有{a}参与、没有{b}参与",
            f"{a}有份、{b}没份",
        )
    )
    held = draw.by(one) - draw.by(other)
    if draw.now_and_then(0.15):
        return f"{a}比{b}多哪些任务", {"tasks": sorted(held)}
    return draw.tasks_that(what, held)


def shared(draw: Draw) -> Written:
    units = draw.sample(draw.units, draw.choice((2, 2, 3)))
    said = [draw.said(unit) for unit in units]
    all_ = draw.joined(said)
    held = sorted(set.intersection(*(draw.by(unit) for unit in units)))
    if draw.now_and_then(0.4):
        text = draw.choice(("{}共同的任务有哪些", "{}有哪些共同任务", "{}的任务有哪些重合", "{}一起负责的任务有哪些"))
        return text.format(all_), {"tasks": held}
    return draw.tasks_that(draw.choice((f"{all_}都参与", f"{all_}都有", f"{all_}共同参与", f"{all_}一起承担")), held)


def none_of(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    a, b = draw.said(one), draw.said(other)
    match draw.randrange(3):
        case 0:
            held = set(draw.tasks) - draw.by(one)
            return draw.tasks_that(draw.choice((f"{a}没参与", f"没有{a}参与", f"{a}不参与", f"不含{a}")), held)
        case 1:
            held = set(draw.tasks) - draw.by(one) - draw.by(other)
            return draw.tasks_that(draw.choice((f"{a}和{b}都没参与", f"{a}、{b}都不参与", f"没有{a}也没有{b}")), held)
        case _:
            held = set(draw.tasks) - draw.by(one, LEAD)
            return draw.tasks_that(draw.choice((f"不由{a}牵头", f"不是{a}牵头")), held)


def either(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    role, did = draw.role()
    held = draw.by(one, role) | draw.by(other, role)
    joint = draw.choice(("或", "或者", "或是"))
    return draw.tasks_that(f"{draw.said(one)}{joint}{draw.said(other)}{did}", held)


def with_roles(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    a, b = draw.said(one), draw.said(other)
    role, did = draw.role()
    kind, does = draw.role()
    sep = draw.choice(("、", "，", "而"))
    match draw.randrange(3):
        case 0:
            return draw.tasks_that(f"{a}{did}{sep}{b}{does}", draw.by(one, role) & draw.by(other, kind))
        case 1:
            held = draw.by(one, role) - draw.by(other, kind)
            return draw.tasks_that(f"{a}{did}{sep}没有{b}{does}", held)
        case _:
            held = draw.by(one, ASSIST)
            return draw.tasks_that(draw.choice((f"{a}参与但不牵头", f"{a}参与但没打头", f"{a}不牵头只配合")), held)


def in_section(draw: Draw) -> Written:
    unit, section = draw.unit(), draw.choice(draw.sections)
    role, did = draw.role()
    u, part = draw.said(unit), draw.part(section)
    match draw.randrange(4):
        case 0:
            held = draw.by(unit, role) & draw.within(section)
            return draw.tasks_that(draw.choice((f"{part}里{u}{did}", f"{u}在{part}{did}")), held)
        case 1:
            held = draw.by(unit, role) - draw.within(section)
            return draw.tasks_that(draw.choice((f"{u}{did}、不在{part}", f"除{part}外{u}{did}")), held)
        case 2:
            held = draw.within(section) - draw.by(unit)
            return draw.tasks_that(draw.choice((f"{part}里{u}没参与", f"{part}没有{u}参与")), held)
        case _:
            other = draw.unit(unit)
            held = draw.within(section) & draw.by(unit) & draw.by(other)
            return draw.tasks_that(f"{part}里{u}和{draw.said(other)}都参与", held)


def but_for_task(draw: Draw) -> Written:
    unit = draw.unit()
    role, did = draw.role()
    own = sorted(draw.by(unit, role)) or list(draw.tasks)
    left = draw.sample(own, min(len(own), draw.choice((1, 1, 2))))
    held = sorted(draw.by(unit, role) - set(left))
    u, ids = draw.said(unit), "、".join(left)
    if draw.now_and_then(0.3):
        text = draw.choice((f"除了{ids}，{u}还{did}几项任务", f"{u}{did}的任务除了{ids}还有几项"))
        return text, {"count": len(held)}
    text = draw.choice(
        (
            f"除了{ids}，{u}还{did}哪些任务",
            f"除{ids}外{u}还{did}哪些",
            f"{u}除了{ids}还{did}哪些任务",
            f"{u}{did}的任务除{ids}以外还有哪些",
        )
    )
    return text, {"tasks": held}


def by_size(draw: Draw) -> Written:
    """Tasks by how many units or targets they have."""
    of_units = draw.now_and_then(0.6)
    numbers = {id_: len(task["units" if of_units else "targets"]) for id_, task in draw.tasks.items()}
    said, holds = draw.compared(max(*numbers.values(), 1), "家" if of_units else "个")
    noun = draw.choice(("责任单位", "单位")) if of_units else draw.choice(("目标", "量化目标"))
    what = draw.choice((f"{noun}{said}", f"有{said}{noun}", f"{noun}有{said}"))
    unit = draw.unit()
    held = {id_ for id_, n in numbers.items() if holds(n)}
    if draw.now_and_then(0.4):
        role, did = draw.role()
        return draw.tasks_that(f"{draw.said(unit)}{did}的任务里{what}", held & draw.by(unit, role))
    if draw.now_and_then(0.3):
        section = draw.choice(draw.sections)
        return draw.tasks_that(f"{draw.part(section)}里{what}", held & draw.within(section))
    return draw.tasks_that(what, held)


def quantified(draw: Draw) -> Written:
    with_ = {id_ for id_, task in draw.tasks.items() if task["targets"]}
    there = draw.now_and_then(0.4)
    held = with_ if there else set(draw.tasks) - with_
    what = draw.choice(("有量化目标", "有目标")) if there else draw.choice(("没有量化目标", "没有目标", "没有指标"))
    unit = draw.unit()
    match draw.randrange(3):
        case 0:
            return draw.tasks_that(what, held)
        case 1:
            role, did = draw.role()
            return draw.tasks_that(f"{draw.said(unit)}{did}、{what}", held & draw.by(unit, role))
        case _:
            section = draw.choice(draw.sections)
            return draw.tasks_that(f"{draw.part(section)}里{what}", held & draw.within(section))


def alone(draw: Draw) -> Written:
    if draw.now_and_then(0.5):
        unit = draw.unit()
        held = [id_ for id_ in draw.tasks if draw.of(id_) == {unit}]
        return draw.tasks_that(draw.choice((f"只有{draw.said(unit)}参与", f"只有{draw.said(unit)}一家参与")), held)
    held = [id_ for id_ in draw.tasks if len(draw.of(id_)) == 1]
    return draw.tasks_that(draw.choice(("只有一家责任单位", "责任单位只有一家", "只有1家单位")), held)


def as_many_as(draw: Draw) -> Written:
    """Those that have more units than one that is named, fewer, or as many."""
    id_ = draw.task()
    theirs = len(draw.of(id_))
    more, joint, holds = draw.choice(MATCHED)
    held = [one for one in draw.tasks if one != id_ and holds(len(draw.of(one)), theirs)]
    return draw.tasks_that(draw.choice((f"责任单位{joint}{id_}{more}", f"{joint}{id_}责任单位{more}")), held)


def with_all_of(draw: Draw) -> Written:
    id_ = draw.task()
    kind, noun = draw.choice(((ANY, "责任单位"), (LEAD, "牵头单位"), (ASSIST, "配合单位")))
    held = [one for one in draw.tasks if one != id_ and draw.of(id_, kind) <= draw.of(one)]
    return draw.tasks_that(draw.choice((f"包含{id_}全部{noun}", f"有{id_}的所有{noun}")), held)


TASKS = (
    has_one_not_other,
    has_one_not_other,
    shared,
    none_of,
    none_of,
    either,
    with_roles,
    in_section,
    in_section,
    but_for_task,
    by_size,
    by_size,
    quantified,
    as_many_as,
    with_all_of,
    alone,
)
