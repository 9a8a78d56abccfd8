"""Reports of a number written at random in the forms in which people write them, to be read back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import cn2an

from handlers.services.question_service import open_question_service
from knowledge.language.quantities.units import share_of
from knowledge.plan.model import Target
from knowledge.reports.model import UpdateOutcome
from knowledge.reports.reader import UpdateReader

TODAY = date(2023, 3, 1)
_FULL_WIDTH = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")
_TRADITIONAL = str.maketrans("亿万个达", "億萬個達")
_CAPITALS = str.maketrans("零一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_OTHER_COUNTS = {"个": ("个", "个", "座", "处"), "家": ("家", "家", "户", "个")}
_DONE = ("建成", "已建成", "完成", "达到", "已达", "累计完成", "目前达到", "：", "为", "")
_BESIDE = ("", "", "投入3000万元后", "3个工作组包联，", "分2批推进，", "前期调研4个镇，", "两个月来", "截至目前，")
_GROUPED = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """`value` is what was meant, in the target's unit; None where what stands there is no number."""

    text: str
    target: Target
    value: Decimal | None


def write_quantity(random: Random) -> Written:
    target = random.choice(_targets())
    value = _value(random, target)
    if random.random() < 0.15:
        number: str = random.choice(_SPOILED)(random, value)
        said, meant = f"{target.name}{random.choice(_DONE[:6])}{number}{target.unit or ''}", None
    else:
        said, meant = random.choice(_SENTENCES)(random, target, value), value
        if target.unit == "%" and random.random() < 0.2:
            part, whole = sorted((random.randint(1, 366), random.randint(28, 366)))
            said, meant = f"{target.name}{part}/{whole}", share_of(Decimal(part), Decimal(whole))
    for table in (_FULL_WIDTH, _TRADITIONAL):
        said = said.translate(table) if random.random() < 0.1 else said
    return Written(said, target, meant)


def fault_in(written: Written) -> str:
    """What is wrong with the reading; empty where it is the number meant, or where none was read."""
    read = read_of(written)
    return "" if all(value == written.value for value in read) else f"{written.text}: {written.value} read as {read}"


def read_of(written: Written) -> list[Decimal]:
    """The numbers that were understood."""
    understood = _reader().read(written.text, today=TODAY)
    updates = understood.updates if understood.outcome is UpdateOutcome.UNDERSTOOD else ()
    return [update.value for update in updates if update.value is not None]


@cache
def _reader() -> UpdateReader:
    return UpdateReader(open_question_service().library)


@cache
def _targets() -> tuple[Target, ...]:
    plans = [plan for plan, _ in _reader().library.shelves]
    of_tasks = (target for plan in plans for task in plan.tasks for target in task.targets)
    of_clauses = (target for plan in plans for clause in plan.clauses for target in clause.targets)
    return (*of_tasks, *of_clauses)


def _value(random: Random, target: Target) -> Decimal:
    if target.unit in _OTHER_COUNTS:
        return Decimal(random.randint(1, random.choice((int(target.value) + 1, 5_000)) if target.value > 20 else 40))
    places = random.choice((0, 1, 1, 2))
    return round(target.value * Decimal(random.randint(200, 1300)) / 1000, places) or target.value


# ---- numbers ---------------------------------------------------------------------------------------------------------


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _chinese(value: Decimal) -> str:
    return str(cn2an.an2cn(_plain(value), "low"))


def _digits(random: Random, value: Decimal) -> str:
    whole = value == value.to_integral_value()
    grouped = f"{value.normalize():,f}" if value >= _GROUPED else _plain(value)
    forms = [_plain(value), _plain(value), f" {_plain(value)} ", grouped, grouped.replace(",", " "), _chinese(value)]
    if whole:
        forms += [_chinese(value).translate(_CAPITALS)]
    if whole and 20 <= value < 40:
        forms.append(_chinese(value).replace("二十", "廿").replace("三十", "卅"))
    return random.choice(forms)


def _counted(random: Random, value: Decimal, unit: str) -> str:
    if value >= _GROUPED and random.random() < 0.3:
        return f"{_plain(value / 10_000)}万{unit}"
    return f"{_digits(random, value)}{random.choice(_OTHER_COUNTS[unit])}"


def _scaled(random: Random, value: Decimal, base: str) -> str:
    """亿元 or 亿斤."""
    hundred_millions, rest = divmod(value * 10_000, 10_000)
    parted = f"{_plain(hundred_millions)}亿{_plain(rest)}万{base}"
    forms = [
        f"{_digits(random, value)}亿{base}",
        f"{_plain(value)}亿",
        f"{_digits(random, value * 10_000)}万{base}",
        f"{_plain(value * 100_000_000)}{base}",
        parted if hundred_millions and rest else f"{_plain(value)}亿{base}",
        f"{_chinese(value)}亿{base}",
        f"{_plain(value)}个亿" if base == "元" else f"{_plain(value * 5_000)}万公斤",
    ]
    return random.choice(forms)


def _share(random: Random, value: Decimal) -> str:
    return random.choice(
        (
            f"{_plain(value)}%",
            f"{_plain(value)} %",
            f"百分之{_plain(value)}",
            f"百分之{_chinese(value)}",
            f"{_plain(value * 10)}‰",
            f"千分之{_plain(value * 10)}",
        )
    )


def _number(random: Random, value: Decimal, target: Target) -> str:
    unit = target.unit or ""
    if unit in _OTHER_COUNTS:
        return _counted(random, value, unit)
    if unit == "%":
        return _share(random, value)
    if unit.startswith("亿"):
        return _scaled(random, value, unit[1:])
    return f"{_plain(value)}{unit}"


# ---- sentences -------------------------------------------------------------------------------------------------------

_Sentence = Callable[[Random, Target, Decimal], str]


def _stated(random: Random, target: Target, value: Decimal) -> str:
    return f"{random.choice(_BESIDE)}{target.name}{random.choice(_DONE)}{_number(random, value, target)}"


def _before_its_name(random: Random, target: Target, value: Decimal) -> str:
    if target.unit not in _OTHER_COUNTS:
        return _stated(random, target, value)
    return f"{random.choice(_BESIDE)}{random.choice(_DONE[:6])}{_number(random, value, target)}{target.name}"


def _of_the_goal(random: Random, target: Target, value: Decimal) -> str:
    goal, number = f"{_plain(target.value)}{target.unit or ''}", _number(random, value, target)
    return random.choice(
        (
            f"{goal}{target.name}{random.choice(_DONE[:3])}{number}",
            f"{target.name}{goal}，{random.choice(_DONE[:3])}{number}",
            f"{target.name}目标{goal}，{random.choice(_DONE[:3])}{number}",
        )
    )


def _missing(random: Random, target: Target, value: Decimal) -> str:
    missing = target.value - value
    if missing <= 0:
        return _stated(random, target, value)
    goal, number = f"{_plain(target.value)}{target.unit or ''}", _number(random, missing, target)
    return random.choice(
        (
            f"{target.name}还差{number}",
            f"{target.name}离目标还差{number}",
            f"{target.name}离{goal}还差{number}",
            f"{target.name}只剩{number}",
            f"{target.name}还有{number}没完成",
        )
    )


def _in_parts(random: Random, target: Target, value: Decimal) -> str:
    """620/700 of a count that is to be 700."""
    if target.unit in _OTHER_COUNTS and value <= target.value:
        return f"{target.name}{random.choice(('', '完成', '：'))}{_plain(value)}/{_plain(target.value)}"
    return _stated(random, target, value)


_SENTENCES: tuple[_Sentence, ...] = (_stated, _stated, _before_its_name, _of_the_goal, _missing, _in_parts)

# What nobody can be sure of: nothing may be read out of it.
_SPOILED: tuple[Callable[[Random, Decimal], str], ...] = (
    lambda random, value: f"{_plain(value)}e{random.randint(1, 3)}",
    lambda _, value: f"{_plain(value)}-",
    lambda _, value: f"{_plain(value)} .5",
    lambda _, value: f"{_plain(value)}.5.5",
    lambda random, value: f"{_plain(value)}{random.choice('^*|×')}{random.randint(2, 9)}",
    lambda random, value: f"{_plain(value)}{random.choice('oxkwl')}",
    lambda random, value: f"{_plain(value)}{random.choice('一二三四五六七八九')}",
    lambda _, value: f"{_plain(value)}{'1' * 20}",
    lambda _, value: f"{_plain(value)}±2",
    lambda _, value: f"{_plain(value)}-{_plain(value + 20)}",
)
