"""The office's own names: what they change in an answer, and which are refused."""

from datetime import date

import pytest

from handlers.office.aliases import NotNamedError, read_alias
from handlers.questions.texts import render
from handlers.services.question_service import Asker, QuestionService
from handlers.texts.marks import plain
from knowledge.entities.library import Library
from knowledge.plan.gazetteer import Alias, with_aliases
from knowledge.questions.answer import Outcome

ASKER = Asker(date(2023, 3, 1))
PLAN = "wuxue-2021-26"
BRIGADE = Alias(name="市交通局", said="老槐树")
MAST = Alias(name="5G基站", said="铁塔杆", owner="5.2")
OF_TRAFFIC = ("1.1", "1.3", "2.1", "2.2", "4.3", "5.1", "5.2", "6.2", "6.3")


@pytest.fixture(scope="module")
def named(question_service: QuestionService) -> QuestionService:
    """A service with two names of the office's own."""
    ((plan, gazetteer),) = question_service.library.shelves
    return QuestionService(Library(((plan, with_aliases(gazetteer, (BRIGADE, MAST))),)))


def test_a_unit_is_known_by_the_offices_name_and_the_answer_says_whose_name_it_is(
    question_service: QuestionService, named: QuestionService
) -> None:
    assert question_service.ask("老槐树负责哪些任务", memory="", asker=ASKER).answer.outcome is Outcome.DECLINED
    asked = named.ask("老槐树负责哪些任务", memory="", asker=ASKER)
    assert asked.answer.content.tasks == OF_TRAFFIC
    assert "“老槐树”即市交通局（办公室添加，非方案内容）。" in plain(render(asked.answer, asked.library))


def test_a_target_is_known_by_the_offices_name(named: QuestionService) -> None:
    asked = named.ask("铁塔杆建多少个", memory="", asker=ASKER)
    assert [target.name for target in asked.answer.content.targets or ()] == ["5G基站"]
    assert "“铁塔杆”即 5.2 5G基站（办公室添加，非方案内容）。" in plain(render(asked.answer, asked.library))


def test_answers_that_do_not_rest_on_an_added_name_say_nothing_of_it(named: QuestionService) -> None:
    asked = named.ask("市交通局负责哪些任务", memory="", asker=ASKER)
    assert "办公室添加" not in plain(render(asked.answer, asked.library))


def test_the_shipped_gazetteer_is_left_as_it_was(question_service: QuestionService, named: QuestionService) -> None:
    assert question_service.library.shelves[0][1].added == ()
    assert named.library.shelves[0][1].bodies == question_service.library.shelves[0][1].bodies


def test_an_alias_of_a_unit_that_the_plan_no_longer_has_means_nothing(question_service: QuestionService) -> None:
    ((plan, gazetteer),) = question_service.library.shelves
    gone = Alias(name="市铁路局", said="铁路大队")
    found = QuestionService(Library(((plan, with_aliases(gazetteer, (gone,))),)))
    assert found.ask("铁路大队负责哪些任务", memory="", asker=ASKER).answer.outcome is Outcome.DECLINED


@pytest.mark.parametrize(
    ("line", "alias"),
    [
        ("市交通局=老槐树", BRIGADE),
        ("交通运输局 ＝ 老槐树", BRIGADE),
        ("5.2 5G基站=铁塔杆", MAST),
        ("5G基站=铁塔杆", MAST),
        ("梅川镇=梅川镇里", Alias(name="梅川镇", said="梅川镇里")),
        ("5.2=数字新基建", Alias(name="加强新型基础设施建设", said="数字新基建", owner="5.2")),
    ],
)
def test_a_line_names_a_unit_a_town_or_something_of_the_plan(
    question_service: QuestionService, line: str, alias: Alias
) -> None:
    assert read_alias(question_service, PLAN, line) == alias


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("市交通局=发改局", "“发改局”已经是“市发改局”的名称或读音"),
        ("5G基站=信号塔", "“信号塔”本来就按“5g基站”理解"),
        ("市住建局=郊通菊", "“郊通菊”已经是“市交通局”的名称或读音"),
        ("市交通局=交通运输局", "“交通运输局”本来就按“市交通局”理解"),
        ("市文旅局=市体育局", "“市体育局”是方案以外的单位"),
        ("市文旅局=审计局", "是方案以外的单位"),
        ("市自规局=田镇", "“田镇”有几个意思"),
        ("市交通局=黄石", "“黄石”里有地名"),
        ("市交通局=黄石市交通局", "里有地名"),
        ("市交通局=哪些任务", "“哪些任务”是常用词"),
        ("市交通局=请问一下", "“请问一下”是常用词"),
        ("市交通局=牵头", "“牵头”是常用词"),
        ("市交通局=物流", "用了“物流”这几个字"),
        ("5.2 5G基站=物流", "用了“物流”这几个字"),
        ("市交通局=路", "要 2 到 20 个字"),
        ("市交通局=12345", "要 2 到 20 个字"),
        ("市交通局=<b>老槐树</b>", "要 2 到 20 个字"),
        ("市交通局=" + "路" * 21, "要 2 到 20 个字"),
        ("市公路局=老槐树", "没有叫“市公路局”的单位"),
        ("老槐树", "写成“名称=说法”"),
        ("=老槐树", "写成“名称=说法”"),
        ("市交通局=", "写成“名称=说法”"),
    ],
)
def test_a_name_that_would_take_something_away_is_refused_with_one_clear_sentence(
    question_service: QuestionService, line: str, why: str
) -> None:
    with pytest.raises(NotNamedError, match=r"。$") as refused:
        read_alias(question_service, PLAN, line)
    assert why in str(refused.value)


def test_an_added_name_is_itself_taken(named: QuestionService) -> None:
    with pytest.raises(NotNamedError, match="已经是“市交通局”的名称"):
        read_alias(named, PLAN, "市商务局=老槐树")
    with pytest.raises(NotNamedError, match="本来就按“5G基站”理解"):
        read_alias(named, PLAN, "5G基站=铁塔杆")
