"""A province of counties, each with a plan of the shipped one's size, and what so many names cost a question.

One county has the shipped plan; the others' plans are the shipped one said anew: other places, bodies, industries and
companies, drawn with a fixed seed. As in life, counties share much of their wording, and every county has a bureau of
the same short name.
"""

import gc
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from random import Random
from typing import TypeVar

from pydantic import TypeAdapter

from benchmarks.corpus import TODAY, cases
from benchmarks.measure import Times, fuzzy, names_of, ranked_words, timed
from handlers.services.question_service import Asker, QuestionService, open_question_service
from knowledge.entities.library import Library
from knowledge.entities.unit_names import unit_names
from knowledge.plan.gazetteer import Gazetteer
from knowledge.plan.model import Plan

COUNTIES = 200
QUESTIONS = 500
BASELINE_QUESTIONS = 10

_FIRST = "临安永清云岚青松柏梅兰竹桂霞锦瑞祥嘉丰泰"
_SECOND = "江河溪泉湖洲岭峰原阳"
_TOWN = "桥坪埠店港塘湾墩集畈"
_SWAPS = {
    "医药化工": "纺织服装 食品饮料 汽车零部件 精细陶瓷 现代家居",
    "新型建材": "智能家电 有色金属 绿色造纸 生物制造 轨道交通",
    "电子信息": "新能源电池 航空航天 光学仪器 工业机器人 储能材料",
    "装备制造": "农机制造 模具铸造 五金工具 电线电缆 泵阀",
    "船舶": "客车 无人机 起重机 光缆 变压器",
    "佛手山药": "高山茶叶 脐橙 黑木耳 小龙虾 莲藕",
    "油菜": "水稻 玉米 花生 棉花 芝麻",
    "油茶": "板栗 核桃 猕猴桃 葡萄 蓝莓",
    "维生素": "氨基酸 酶制剂 疫苗 中成药 抗生素",
    "祥云": "宏远 天成 金穗 恒信 鼎盛",
    "华新": "东升 西陵 北辰 南华 中天",
    "广济": "同仁 济民 康达 百草 回春",
    "长江": "汉江 清江 府河 沮水 漳河",
    "武汉": "宜昌 襄阳 荆州 长沙 南昌",
    "过江通道": "绕城公路 穿山隧道 跨湖大桥 货运铁路 城际快线",
    "码头": "货场 车站 仓库 口岸 堆场",
    "5G基站": "充电站 物联网终端 边缘机房 智慧灯杆 视频探头",
    "厕所": "澡堂 灶台 水窖 院落 晒场",
    "幼儿园": "托育园 小学 中学 技校 图书室",
}


@dataclass(frozen=True)
class County:
    plan: Plan
    gazetteer: Gazetteer
    home: str
    reword: Callable[[str], str]


def counties(number: int = COUNTIES) -> tuple[County, ...]:
    """The same counties in every run."""
    random = Random(2021)  # noqa: S311 - the same province in every run, and no secret
    stems = [a + b for a, b in product(_FIRST, _SECOND)]
    random.shuffle(stems)
    shipped, gazetteer = open_question_service().library.shelves[0]
    others = (_county(shipped, gazetteer, stem, random) for stem in stems[: number - 1])
    return (County(shipped, gazetteer, shipped.home, str), *others)


def _county(shipped: Plan, gazetteer: Gazetteer, stem: str, random: Random) -> County:
    home = stem + random.choice("县县市区")
    towns = random.sample([a + b for a, b in product(_FIRST, _TOWN)], len(gazetteer.towns))
    swaps = {word: random.choice(others.split()) for word, others in _SWAPS.items()}
    swaps |= {town.name.removesuffix(town.kind): new for town, new in zip(gazetteer.towns, towns, strict=True)}
    swaps |= {unit: home + unit[1:] for unit in unit_names(shipped) if unit.startswith("市")}
    swaps |= {
        shipped.home: home,
        shipped.home.rstrip("市"): stem,
        shipped.name: f"{stem}-2021-1",
        "城发": f"{stem}城发",
    }
    swaps |= {"横岗山": f"{stem}山", "武山湖": f"{stem}湖"}
    pattern = re.compile("|".join(sorted(map(re.escape, swaps), key=len, reverse=True)))

    def reword(text: str) -> str:
        return pattern.sub(lambda found: swaps[found[0]], text)

    return County(_said_anew(Plan, shipped, reword), _said_anew(Gazetteer, gazetteer, reword), home, reword)


_Model = TypeVar("_Model", Plan, Gazetteer)


def _said_anew(kind: type[_Model], value: _Model, reword: Callable[[str], str]) -> _Model:
    adapter = TypeAdapter(kind)
    return adapter.validate_json(reword(adapter.dump_json(value).decode()))


# ---- what it costs --------------------------------------------------------------------------------------------------


def main() -> None:
    questions = [case.turns[0].ask for case in cases() if len(case.turns) == 1][::2][:QUESTIONS]
    small = _ask(open_question_service(), questions)
    held = counties()
    began = time.thread_time()
    question_service = QuestionService(Library(tuple((county.plan, county.gazetteer) for county in held)))
    library = question_service.library
    built = time.thread_time() - began
    tasks, units = len(library.tasks), len(library.units)
    entries = sum(len(one.index.entries) for one in library.alone.values())
    print(f"{len(held)} plans, {tasks} tasks, {units} units, {entries} entries: built in {built:.1f} s")
    gc.freeze()
    alone = _ask(QuestionService(Library((library.shelves[0],))), questions)
    spread = [_to(held[n % len(held)], q, named=n % 2 == 0) for n, q in enumerate(questions)]
    large = _ask(question_service, spread)
    print(f"the shipped plan        {small}")
    print(f"the same, one of {len(held)}    {alone}   median x {alone.median / small.median:.2f} (at most 1.2)")
    print(f"all {len(held)} plans           {large}   median x {large.median / small.median:.2f} (less than 5)")
    names = names_of(library)
    for name, baseline in (("rapidfuzz WRatio", fuzzy(names)), ("BM25 of jieba words", ranked_words(names))):
        base = timed(baseline, spread[:BASELINE_QUESTIONS])
        print(f"{name:<24}{base}   {base.median / large.median:.1f} times as long as duban, over {len(names)} names")


def _to(county: County, question: str, *, named: bool) -> str:
    """The question, put to one county: by name, or only by its own words."""
    return f"{county.home}{county.reword(question)}" if named else county.reword(question)


def _ask(question_service: QuestionService, questions: list[str]) -> Times:
    asker = Asker(TODAY)
    for question in questions[:50]:
        question_service.ask(question, memory="", asker=asker)
    return timed(lambda question: question_service.ask(question, memory="", asker=asker), questions)


if __name__ == "__main__":
    main()
