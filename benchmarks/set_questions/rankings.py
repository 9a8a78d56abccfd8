"""Questions for the most and the fewest."""

from benchmarks.set_questions.draw import Draw, Written


def best(numbers: dict[str, int], *, fewest: bool) -> list[str]:
    level = (min if fewest else max)(numbers.values())
    return sorted(one for one, n in numbers.items() if n == level)


def top_units(draw: Draw) -> Written:
    role, did = draw.role()
    fewest = draw.now_and_then(0.25)
    numbers = {unit: n for unit in draw.units if (n := len(draw.by(unit, role)))}
    most = "最少" if fewest else "最多"
    if draw.now_and_then(0.3):
        unit = draw.unit()
        numbers.pop(unit, None)
        if numbers:
            text = draw.choice(
                (
                    f"除了{draw.said(unit)}，哪个单位{did}的任务{most}",
                    f"除{draw.said(unit)}外{did}任务{most}的单位",
                )
            )
            return text, {"units": best(numbers, fewest=fewest)}
        numbers = {unit: n for unit in draw.units if (n := len(draw.by(unit, role)))}
    if draw.now_and_then(0.3):
        section = draw.choice(draw.sections)
        within = {u: n for u in draw.units if (n := len(draw.by(u, role) & draw.within(section)))}
        if within:
            text = draw.choice(
                (f"{draw.part(section)}里哪个单位{did}的任务{most}", f"{draw.part(section)}{did}任务{most}的单位")
            )
            return text, {"units": best(within, fewest=fewest)}
    if not numbers:
        return top_tasks(draw)
    if draw.now_and_then(0.3):
        text = draw.choice(
            (
                f"哪个单位{did}的任务{most}，一共多少项",
                f"{did}任务{most}的是哪家，有几项",
                f"哪家单位{did}的任务{most} 多少条",
            )
        )
        return text, {"units": best(numbers, fewest=fewest), "count": (min if fewest else max)(numbers.values())}
    text = draw.choice((f"哪个单位{did}的任务{most}", f"{did}任务{most}的单位", f"{did}任务{most}的是哪家单位"))
    return text, {"units": best(numbers, fewest=fewest)}


def top_tasks(draw: Draw) -> Written:
    of_units = draw.now_and_then(0.6)
    fewest = draw.now_and_then(0.3)
    numbers = {id_: len(task["units" if of_units else "targets"]) for id_, task in draw.tasks.items()}
    noun, most = draw.choice(("责任单位", "单位") if of_units else ("目标", "量化目标")), "最少" if fewest else "最多"
    if draw.now_and_then(0.4):
        unit = draw.unit()
        role, did = draw.role()
        own = {id_: n for id_, n in numbers.items() if id_ in draw.by(unit, role)}
        if own:
            text = draw.choice(
                (
                    f"{draw.said(unit)}{did}的任务里{noun}{most}的是哪项",
                    f"{draw.said(unit)}{did}的任务中哪项{noun}{most}",
                )
            )
            return text, {"tasks": best(own, fewest=fewest)}
    if draw.now_and_then(0.3):
        section = draw.choice(draw.sections)
        own = {id_: n for id_, n in numbers.items() if id_ in draw.within(section)}
        return f"{draw.part(section)}里{noun}{most}的任务", {"tasks": best(own, fewest=fewest)}
    text = draw.choice((f"哪项任务{noun}{most}", f"{noun}{most}的任务", f"{noun}{most}的是哪项任务"))
    return text, {"tasks": best(numbers, fewest=fewest)}


RANKINGS = (top_units, top_tasks)
