"""Registers of plans that nobody wrote: sections, tasks, units, targets drawn at random, as plain mappings."""

from random import Random
from typing import Any

_BODIES = (
    "发改局",
    "科经局",
    "财政局",
    "交通局",
    "住建局",
    "自规局",
    "农业农村局",
    "商务局",
    "文旅局",
    "教育局",
    "卫健局",
    "民政局",
    "人社局",
    "公安局",
    "司法局",
    "应急局",
    "审计局",
    "统计局",
    "税务局",
    "医保局",
    "水利局",
    "林业局",
    "气象局",
    "市场监管局",
    "综合执法局",
    "生态环境局",
    "乡村振兴局",
    "港航局",
    "政数局",
    "金融办",
)
_ACTS = ("推进", "加快", "深化", "强化", "提升", "完善", "优化", "壮大")
_THINGS = (
    "园区提质",
    "港口集疏",
    "水网连通",
    "校园扩容",
    "医养结合",
    "茶旅融合",
    "粮油加工",
    "数字治理",
    "骨干路网",
    "城区更新",
    "古镇保护",
    "渔业增效",
    "商贸流通",
    "矿区修复",
    "人才引育",
    "科技转化",
    "金融支持",
    "文明创建",
    "防灾减灾",
    "能源保供",
    "林下经济",
    "冷链物流",
    "夜间消费",
    "诚信体系",
)
_PARTS = ("产业", "城镇", "乡村", "开放", "设施", "生态", "民生", "环境")
_MEASURED = (
    ("产值", "亿元", (20, 50, 80, 120, 150, 300, 600)),
    ("投资额", "亿元", (10, 30, 60, 100, 200)),
    ("示范点", "个", (2, 5, 8, 20, 40)),
    ("培育企业", "家", (3, 6, 15, 25, 60)),
    ("覆盖率", "%", (45, 70, 80, 95, 100)),
    ("达标率", "%", (50, 60, 85, 90, 100)),
)
_PERIODS = ("by_end", "by_end", "by_end", "yearly", "yearly_average", "maintain")
_DEADLINES = (None, None, "2025-12-31", "2025-12-31", "2026-12-31", "2027-06-30")
_MOST_UNITS = 12


def random_plan(random: Random) -> dict[str, Any]:
    """A register; units and titles are taken from few enough that sets of them meet."""
    bodies = [f"市{body}" for body in random.sample(_BODIES, random.randint(5, 24))]
    things = random.sample(_THINGS, len(_THINGS))
    parts = random.sample(_PARTS, random.randint(2, 6))
    names = iter(random.sample([f"{thing[:2]}{name}" for thing in _THINGS for name, _, _ in _MEASURED], 80))
    stated = random.random() < 0.3
    tasks = []
    for number, _ in enumerate(parts, start=1):
        for item in range(1, random.randint(1, 4) + 1):
            units = random.sample(bodies, random.randint(1, min(_MOST_UNITS, len(bodies))))
            task = {
                "id": f"{number}.{item}",
                "title": random.choice(_ACTS) + things.pop(),
                "place": f"三({'一二三四五六'[number - 1]}){item}",
                "units": units,
                "targets": [_target(next(names), random) for _ in range(random.choice((0, 0, 1, 2, 3, 5)))],
            }
            tasks.append(task | ({"lead": units[:1]} if stated else {}))
            if not things:
                break
    return {
        "title": "青山市高质量发展行动方案",
        "home": "青山市",
        "sections": [
            {"no": number, "title": f"建设{part}强市", "place": f"三({'一二三四五六'[number - 1]})"}
            for number, part in enumerate(parts, start=1)
        ],
        "tasks": tasks,
    }


def _target(name: str, random: Random) -> dict[str, Any]:
    _, unit, values = next(kind for kind in _MEASURED if name.endswith(kind[0]))
    deadline = random.choice(_DEADLINES)
    target = {"name": name, "value": random.choice(values), "unit": unit, "period": random.choice(_PERIODS)}
    return target | ({"deadline": deadline} if deadline else {})
