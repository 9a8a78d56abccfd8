"""Questions for yes or no, and for by how many one is larger."""

from benchmarks.set_questions.draw import ANY, LEAD, Draw, Written


def yes(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    id_ = draw.task()
    second = draw.task(id_)
    role, did = draw.role()
    a, b = draw.said(one), draw.said(other)
    section = draw.choice(draw.sections)
    match draw.randrange(6):
        case 0:
            holds = one in draw.of(id_, role) and other in draw.of(id_, role)
            return draw.choice((f"{a}和{b}都{did}{id_}吗", f"{id_}是不是{a}和{b}都{did}")), {"holds": holds}
        case 1:
            holds = one in draw.of(id_, role) and one in draw.of(second, role)
            return draw.choice((f"{id_}和{second}{a}都{did}吗", f"{a}是不是{id_}、{second}都{did}")), {"holds": holds}
        case 2:
            holds = draw.within(section) <= draw.by(one)
            part = draw.part(section)
            return draw.choice(
                (
                    f"{part}的任务{a}都参与吗",
                    f"{part}的每项任务都有{a}吗",
                    f"{part}{a}是不是每项都参与",
                    f"{a}是不是在{part}每一条里都有",
                    f"{part}的任务，{a}是不是全都参与了",
                )
            ), {"holds": holds}
        case 3:
            holds = set(draw.tasks) == draw.by(one)
            return draw.choice(
                (
                    f"所有任务都有{a}参与吗",
                    f"是不是每项任务都有{a}",
                    f"{a}是不是每项任务都有份",
                    f"{a}是不是哪一项都有份",
                )
            ), {"holds": holds}
        case 4:
            holds = bool(draw.by(one) & draw.by(other))
            return draw.choice((f"{a}和{b}有共同的任务吗", f"{a}和{b}有没有共同任务")), {"holds": holds}
        case _:
            held = set(draw.tasks) - draw.by(one) - draw.by(other)
            return f"有没有{a}和{b}都不参与的任务", {"holds": bool(held)}


def number(draw: Draw) -> Written:
    """Whether a number is the one that is said."""
    unit, id_ = draw.unit(), draw.task()
    role, did = draw.role()
    u = draw.said(unit)
    right = draw.now_and_then(0.5)
    if draw.now_and_then(0.5):
        real = len(draw.by(unit, role))
        said = real if right else max(1, real + draw.choice((-1, 1, 2)))
        text = draw.choice(
            (f"{u}一共{did}{said}项任务吗", f"{u}只{did}{said}项任务吗", f"{u}{did}的任务是不是{said}项")
        )
        return text, {"holds": said == real}
    real = len(draw.of(id_))
    said = real if right else max(1, real + draw.choice((-1, 1, 2)))
    text = draw.choice((f"{id_}一共有{said}家责任单位吗", f"{id_}只有{said}家单位吗", f"{id_}的责任单位是不是{said}家"))
    return text, {"holds": said == real}


def more(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    role, did = draw.role()
    holds = len(draw.by(one, role)) > len(draw.by(other, role))
    a, b = draw.said(one), draw.said(other)
    return draw.choice((f"{a}{did}的任务比{b}多吗", f"{a}是不是比{b}{did}的任务多")), {"holds": holds}


def as_many(draw: Draw) -> Written:
    one = draw.unit()
    other = draw.unit(one)
    role, did = draw.role()
    holds = len(draw.by(one, role)) == len(draw.by(other, role))
    a, b = draw.said(one), draw.said(other)
    return draw.choice((f"{a}和{b}{did}的任务一样多吗", f"{a}{did}的任务和{b}一样多吗")), {"holds": holds}


def differ(draw: Draw) -> Written:
    """By how many; below zero where it is the other way round."""
    if draw.now_and_then(0.5):
        one = draw.unit()
        other = draw.unit(one)
        role, did = draw.role()
        more = len(draw.by(one, role)) - len(draw.by(other, role))
        a, b = draw.said(one), draw.said(other)
        return draw.choice((f"{a}{did}的任务比{b}多几项", f"{a}比{b}多{did}几项任务")), {"count": more}
    id_ = draw.task()
    second = draw.task(id_)
    more = len(draw.of(id_)) - len(draw.of(second))
    return draw.choice((f"{id_}的责任单位比{second}多几家", f"{id_}比{second}多几家单位")), {"count": more}


def exactly(draw: Draw) -> Written:
    """Whether a set is one thing alone."""
    unit, id_ = draw.unit(), draw.task()
    u = draw.said(unit)
    role, did = draw.role()
    if draw.now_and_then(0.5):
        holds = draw.by(unit, role) == {id_}
        return draw.choice((f"{u}{did}的任务只有{id_}吗", f"{u}只{did}{id_}吗", f"{u}是不是只{did}{id_}")), {
            "holds": holds
        }
    held = set(draw.tasks) - draw.by(unit)
    return f"{u}没参与的任务只有{id_}吗", {"holds": held == {id_}}


def alike(draw: Draw) -> Written:
    """Whether two have a part in the same tasks, or one in all of the other's."""
    one = draw.unit()
    other = draw.unit(one)
    role, did = draw.role()
    a, b = draw.said(one), draw.said(other)
    mine, theirs = draw.by(one, role), draw.by(other, role)
    if draw.now_and_then(0.5):
        text = draw.choice(
            (
                f"{a}{draw.choice('和跟与')}{b}{did}的任务是不是完全一样",
                f"{a}{did}的任务跟{b}{did}的任务是不是一模一样",
                f"{a}和{b}{did}的任务是否相同",
            )
        )
        return text, {"holds": mine == theirs}
    text = draw.choice(
        (
            f"{a}{did}的任务，{b}是不是都在",
            f"{a}{did}的任务{b}都参与吗",
            f"凡是{a}{did}的任务是不是都有{b}",
            f"{a}{did}的任务是不是都有{b}参与",
        )
    )
    return text, {"holds": bool(mine) and mine <= draw.by(other)}


def over_sections(draw: Draw) -> Written:
    unit, section = draw.unit(), draw.choice(draw.sections)
    (role, did), u = draw.choice(((LEAD, "牵头"), (ANY, "参与"))), draw.said(unit)
    tasks = draw.by(unit, role)
    if draw.now_and_then(0.5):
        text = draw.choice((f"{u}是不是只在{draw.part(section)}{did}", f"{u}{did}的任务是不是都在{draw.part(section)}"))
        return text, {"holds": bool(tasks) and tasks <= draw.within(section)}
    text = draw.choice((f"{u}是不是每个部分都有任务", f"是不是每个部分都有{u}", f"每个部分里都有{u}的任务吗"))
    return text, {"holds": all(draw.by(unit) & draw.within(one) for one in draw.sections)}


CLAIMS = (alike, over_sections, yes, yes, number, more, as_many, differ, exactly)
