"""What a plan names in one breath, where its register does not state it: from the phrases of its actions."""

import pytest

from knowledge.entities.listings import listings_of
from knowledge.plan.model import Named, NamedKind, Plan, Task, TaskAction
from knowledge.plan.shipped import find_plans


def _plan(phrase: str, *names: str) -> Plan:
    named = tuple(Named(name=name, kind=NamedKind.PROJECT, place="一") for name in names)
    action = TaskAction(phrase=phrase, place="一")
    task = Task(id="1", section=0, title="建设", place="一", units=("某局",), actions=(action,), named=named)
    return Plan(name="some", title="方案", home="某市", tasks=(task,))


@pytest.mark.parametrize(
    ("phrase", "names", "items"),
    [
        ("推进东园、西园和南园建设", ("东园", "西园", "南园"), ["东园", "西园", "南园"]),
        ("推进西园、东园等园区建设", ("东园", "西园"), ["西园", "东园"]),
        ("推进东园建设", ("东园",), []),
        ("以东园带动西园", ("东园", "西园"), []),
        ("推进大东园、西园建设", ("东园", "大东园", "西园"), ["大东园", "西园"]),
    ],
)
def test_names_joined_in_a_phrase_are_a_list(phrase: str, names: tuple[str, ...], items: list[str]) -> None:
    assert [name for listed in listings_of(_plan(phrase, *names)) for name in listed.listing.items] == items


def test_the_shipped_plan_states_its_lists() -> None:
    ((plan, _),) = find_plans()
    held = {listed.listing.of: listed.listing.items for listed in listings_of(plan)}
    assert held["百亿企业"] == ("祥云集团", "华新水泥", "广济药业")
    assert len(held["特色小镇"]) == 6
