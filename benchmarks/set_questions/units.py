"""Questions for units: of tasks and sections, by what they lead, help in or have nothing to do with."""

from benchmarks.set_questions.draw import ANY, ASSIST, DID, LEAD, MATCHED, Draw, Written


def in_one_not_other(draw: Draw) -> Written:
    one = draw.task()
    other = draw.task(one)
    a, b = draw.called(one), draw.called(other)
    what = draw.choice(
        (
            f"{a}有、{b}没有",
            f"{a}有{b}没有",
            f"{a}有而{b}没有",
            f"{a}里有但{b}里没有",
            f"参与{a}但不参与{b}",
            f"参与了{a}却没参与{b}",
            f"在{a}里但不在{b}里",
            f"在{a}而不在{b}",
            f"有{a}没有{b}",
            f"参与{a}、没有参与{b}",
            f"出现在{a}、没出现在{b}",
        )
    )
    held = draw.of(one) - draw.of(other)
    if draw.now_and_then(0.2):
        return draw.choice((f"{a}比{b}多了哪些单位", f"{a}比{b}多出哪些单位")), {"units": sorted(held)}
    if draw.now_and_then(0.15):
        return f"{a}的责任单位里哪些没有参与{b}", {"units": sorted(held)}
    return draw.units_that(what, held)


def in_both(draw: Draw) -> Written:
    ids = draw.sample(list(draw.tasks), min(len(draw.tasks), draw.choice((2, 2, 2, 3))))
    said = [draw.called(id_) for id_ in ids]
    all_ = draw.joined(said)
    held = set.intersection(*(draw.of(id_) for id_ in ids))
    what = draw.choice((f"{all_}都有", f"{all_}都参与", f"同时参与{all_}", f"{all_}里都有", f"{all_}共有"))
    if draw.now_and_then(0.25):
        return f"{all_}{draw.choice(('共同的责任单位有哪些', '共有的单位', '重合的单位有哪些'))}", {
            "units": sorted(held)
        }
    return draw.units_that(what, held)


def in_either(draw: Draw) -> Written:
    one, other = draw.sample(list(draw.tasks), 2)
    held = draw.of(one) | draw.of(other)
    return draw.units_that(f"参与{one}{draw.choice(('或', '或者'))}{other}", held)


def only_in(draw: Draw) -> Written:
    one = draw.task()
    held = draw.of(one) - draw.union(set(draw.tasks) - {one})
    a = draw.called(one)
    what = draw.choice((f"只参与{a}", f"只在{a}里", f"只有{a}有", f"仅参与{a}", f"只在{a}出现"))
    return draw.units_that(what, held)


def others_of_task(draw: Draw) -> Written:
    one = draw.choice([id_ for id_, task in draw.tasks.items() if len(task["units"]) > 1] or list(draw.tasks))
    unit = draw.choice(draw.tasks[one]["units"])
    a, u = draw.called(one), draw.said(unit)
    held = sorted(draw.of(one) - {unit})
    if draw.now_and_then(0.4):
        text = draw.choice((f"除了{u}，{a}还有几家单位", f"除{u}外，{a}还有多少家单位", f"{a}除了{u}还有几家责任单位"))
        return text, {"count": len(held)}
    text = draw.choice(
        (f"除了{u}，{a}还有哪些单位", f"除{u}外{a}还有哪些责任单位", f"{a}除了{u}还有谁", f"去掉{u}，{a}的单位有哪些")
    )
    return text, {"units": held}


def absent(draw: Draw) -> Written:
    one = draw.task()
    a = draw.called(one)
    held = set(draw.units) - draw.of(one)
    return draw.units_that(draw.choice((f"没参与{a}", f"没有参与{a}", f"不参与{a}", f"不在{a}里")), held)


def role_but_not(draw: Draw) -> Written:
    """Leads one, has no part in another; assists in both."""
    one = draw.task()
    other = draw.task(one)
    role, did = draw.role()
    kind, does = draw.role()
    if draw.now_and_then(0.5):
        return draw.units_that(f"{did}{one}但不{does}{other}", draw.of(one, role) - draw.of(other, kind))
    return draw.units_that(f"{did}{one}又{does}{other}", draw.of(one, role) & draw.of(other, kind))


def of_section(draw: Draw) -> Written:
    section = draw.choice(draw.sections)
    ids, role = draw.within(section), draw.choice((ANY, LEAD, ASSIST))
    held = draw.union(ids, role)
    part = draw.part(section)
    noun = {ANY: "责任单位", LEAD: "牵头单位", ASSIST: "配合单位"}[role]
    if draw.now_and_then(0.4):
        text = draw.choice((f"{part}的{noun}有几家", f"{part}一共有多少家{noun}", f"{part}有几家{noun}"))
        return text, {"count": len(held)}
    return draw.choice((f"{part}的{noun}有哪些", f"{part}有哪些{noun}", f"{part}的{noun}")), {"units": sorted(held)}


def sections_differ(draw: Draw) -> Written:
    one, other = draw.sample(draw.sections, 2)
    a, b = draw.union(draw.within(one)), draw.union(draw.within(other))
    x, y = draw.part(one), draw.part(other)
    match draw.randrange(3):
        case 0:
            return draw.units_that(
                draw.choice((f"{x}有、{y}没有", f"参与{x}但不参与{y}", f"在{x}有任务、在{y}没有任务")), a - b
            )
        case 1:
            return draw.units_that(draw.choice((f"{x}和{y}都有", f"{x}、{y}都参与", f"在{x}和{y}都有任务")), a & b)
        case _:
            only = a - draw.union(set(draw.tasks) - draw.within(one))
            return draw.units_that(draw.choice((f"只在{x}有任务", f"只参与{x}")), only)


def by_number(draw: Draw) -> Written:
    """Units by how many tasks they have in a role."""
    role, did = draw.role()
    numbers = {unit: len(draw.by(unit, role)) for unit in draw.units}
    if draw.now_and_then(0.3):
        number = draw.choice((1, 1, 2, 3))
        said = draw.amount(number)
        held = [unit for unit, n in numbers.items() if n == number]
        what = draw.choice(
            (f"只{did}{said}项任务", f"只{did}了{said}项", f"仅{did}{said}项任务", f"{did}任务正好{said}项")
        )
        return draw.units_that(what, held)
    said, holds = draw.compared(max(numbers.values()), "项")
    held = [unit for unit, n in numbers.items() if holds(n)]
    return draw.units_that(draw.choice((f"{did}任务{said}", f"{did}{said}任务", f"{did}的任务{said}")), held)


def never(draw: Draw) -> Written:
    role = draw.choice((LEAD, LEAD, ASSIST))
    did = draw.choice(DID[role])
    held = [unit for unit in draw.units if not draw.by(unit, role)]
    what = (
        f"一项都不{did}",
        f"一项任务都没有{did}",
        f"没有{did}任务",
        f"从不{did}",
        f"不{did}任何任务",
        f"一项也没{did}",
    )
    return draw.units_that(draw.choice(what), held)


def never_within(draw: Draw) -> Written:
    section = draw.choice(draw.sections)
    role = draw.choice((LEAD, ASSIST))
    did = draw.choice(DID[role])
    held = [unit for unit in draw.units if not draw.by(unit, role) & draw.within(section)]
    what = draw.choice((f"{draw.part(section)}里一项都不{did}", f"{draw.part(section)}一项都没{did}"))
    return draw.units_that(what, held)


def as_many_as(draw: Draw) -> Written:
    """Those that have more tasks than one that is named, fewer, or as many."""
    unit = draw.unit()
    role, did = draw.choice(((ANY, ""), (LEAD, "牵头"), (ASSIST, "配合")))
    theirs, u = len(draw.by(unit, role)), draw.said(unit)
    more, joint, holds = draw.choice(MATCHED)
    held = [one for one in draw.units if one != unit and holds(len(draw.by(one, role)), theirs)]
    return draw.units_that(draw.choice((f"{did}任务{joint}{u}{more}", f"{joint}{u}{did}任务{more}")), held)


def roles(draw: Draw) -> Written:
    lead = {unit for unit in draw.units if draw.by(unit, LEAD)}
    assist = {unit for unit in draw.units if draw.by(unit, ASSIST)}
    what, held = draw.choice(
        (
            ("只配合不牵头", assist - lead),
            ("只牵头不配合", lead - assist),
            ("既牵头又配合", lead & assist),
            ("配合但从不打头", assist - lead),
            ("只当配合单位", assist - lead),
            ("光配合不牵头", assist - lead),
        )
    )
    return draw.units_that(what, held)


def companions(draw: Draw) -> Written:
    unit = draw.unit()
    u = draw.said(unit)
    with_ = draw.union(draw.by(unit)) - {unit}
    if draw.now_and_then(0.4):
        held = set(draw.units) - with_ - {unit}
        return draw.units_that(draw.choice((f"与{u}没有共同任务", f"跟{u}没有任何共同任务")), held)
    return draw.units_that(draw.choice((f"和{u}有共同任务", f"跟{u}一起做任务", f"与{u}有共同任务")), with_)


def of_tasks_of(draw: Draw) -> Written:
    unit = draw.unit()
    role, did = draw.role()
    kind, noun = draw.choice(((ANY, "责任单位"), (LEAD, "牵头单位"), (ASSIST, "配合单位")))
    held = draw.union(draw.by(unit, role), kind)
    u = draw.said(unit)
    if draw.now_and_then(0.3):
        return f"{u}{did}的任务一共涉及多少家{noun}", {"count": len(held)}
    return draw.choice((f"{u}{did}的任务的{noun}有哪些", f"{u}{did}的任务里有哪些{noun}")), {"units": sorted(held)}


def of_tasks_that(draw: Draw) -> Written:
    """Of the tasks that a clause before names: who leads them, how many units they have."""
    unit = draw.unit()
    did_role, did = draw.role()
    ids = draw.by(unit, did_role)
    said = f"{draw.said(unit)}{did}的{draw.choice(('那几项', '任务', '那些任务'))}"
    if draw.now_and_then(0.3):
        ids, said = {id_ for id_, task in draw.tasks.items() if not task["targets"]}, "没有量化目标的任务"
    role = draw.choice((ANY, LEAD, ASSIST))
    held = sorted(draw.union(ids, role))
    noun = {ANY: "责任单位", LEAD: "牵头单位", ASSIST: "配合单位"}[role]
    ways = [f"{said}，{noun}都是谁", f"{said}，{noun}有哪些", f"{said}的{noun}有哪些"]
    if role != ANY:
        does = draw.choice(DID[role])
        ways += [f"{said}，{does}的都是哪几家", f"{said}，{does}的单位都是谁", f"{said}，都是谁{does}"]
    elif draw.now_and_then(0.5):
        return draw.choice((f"{said}，一共涉及几家单位", f"{said}，{noun}一共有几家")), {"count": len(held)}
    return draw.choice(ways), {"units": held}


UNITS = (
    of_tasks_that,
    in_one_not_other,
    in_one_not_other,
    in_both,
    in_both,
    in_either,
    only_in,
    others_of_task,
    absent,
    role_but_not,
    of_section,
    sections_differ,
    by_number,
    by_number,
    never,
    never_within,
    as_many_as,
    roles,
    companions,
    of_tasks_of,
)
