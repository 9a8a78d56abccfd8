"""Other plans than the shipped one, whose words and habits are their own: what holds for every plan must hold here."""

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.commands.parse_update import parse_update_jsonl
from handlers.home.texts_visitor import visitor_home
from handlers.questions.json_contract import answer_json
from handlers.questions.texts import render
from handlers.routing.texts_start import help_text
from handlers.services.question_service import Asker, QuestionService
from handlers.texts.samples import all_kinds
from knowledge.entities.library import Library
from knowledge.plan.shipped import find_plans
from storage.rich_text import plain_text

FOLDER = Path(__file__).parent / "other_plans"
DESKS = {name: QuestionService(Library(find_plans(str(FOLDER / f"{name}.yaml")))) for name in ("province", "nation")}
TODAY = date(2026, 3, 1)


def answers(plan: str, *turns: str) -> list[dict[str, Any]]:
    question_service: QuestionService = DESKS[plan]
    memory, found = "", []
    for turn in turns:
        asked = question_service.ask(turn, memory=memory, asker=Asker(TODAY, None))
        memory = asked.memory
        found.append(
            answer_json(asked, render(asked.answer, asked.library), question_service.library, question=turn, ms=0)
        )
    return found


def targets(answer: dict[str, Any]) -> list[tuple[str, float]]:
    assert answer["outcome"] == "answered", answer["text"]
    return [(target["name"], target["value"]) for target in answer["answer"]["targets"]]


OF_2027 = {("百亿级龙头企业", 30), ("链主企业", 3), ("2027年起降点", 500), ("产业营业收入", 1)}


@pytest.mark.parametrize(
    "question",
    [
        "到2027年要完成的目标有哪些",
        "2027年底到期的目标有哪些",
        "2027年的目标有哪些",
        "27年底到期的目标有哪些",
        "二〇二七年要完成的目标有哪些",
        "二零二七年底前的目标有哪些",
        "明年到期的目标有哪些",
        "明年要完成哪些目标",
    ],
)
def test_targets_of_a_year_are_those_due_in_it(question: str) -> None:
    assert set(targets(answers("province", question)[0])) == OF_2027


@pytest.mark.parametrize("question", ["2026年要完成的目标", "今年到期的目标有哪些", "2028年的目标有哪些", "后年到期的"])
def test_a_year_without_targets_is_told_so(question: str) -> None:
    (answer,) = answers("province", question)
    assert targets(answer) == []
    assert "没有" in answer["text"]
    assert "2027" in answer["text"]


def test_the_years_that_lie_before_and_after_are_told_apart() -> None:
    assert targets(answers("province", "2030年的目标有哪些")[0]) == [("低空航线", 100)]


@pytest.mark.parametrize(
    ("question", "holds"), [("百亿级龙头企业是2027年底吗", True), ("百亿级龙头企业是2025年底吗", False)]
)
def test_a_deadline_is_held_against_the_year_that_is_said(question: str, *, holds: bool) -> None:
    assert answers("province", question)[0]["answer"]["holds"] is holds


@pytest.mark.parametrize("question", ["龙头企业2030年目标是多少", "到2030年龙头企业要几家", "后年龙头企业的目标"])
def test_a_target_of_another_year_is_not_passed_off_as_that_year_s(question: str) -> None:
    (answer,) = answers("province", question)
    assert answer["outcome"] == "declined"
    assert "2030" in answer["text"] or "2028" in answer["text"]
    assert "2027-12-31" in answer["text"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("起降点目标是多少", [("2025年起降点", 200), ("2027年起降点", 500)]),
        ("2027年起降点要建多少个", [("2027年起降点", 500)]),
        ("起降点到2025年建几个", [("2025年起降点", 200)]),
        ("2027年龙头企业目标", [("百亿级龙头企业", 30)]),
        ("2027年每年引进多少顶尖人才", [("引进顶尖人才", 10)]),
    ],
)
def test_of_a_target_with_several_years_the_one_that_is_said(question: str, wanted: list[tuple[str, float]]) -> None:
    assert targets(answers("province", question)[0]) == wanted


def test_a_sum_of_2000_is_no_year() -> None:
    assert answers("province", "无人机最高补助是2000元吗")[0]["answer"]["holds"] is True


def test_another_year_asks_the_same_again() -> None:
    first, second, third = answers("province", "起降点2027年目标", "2025年呢", "那2030年呢")
    assert targets(first) == [("2027年起降点", 500)]
    assert targets(second) == [("2025年起降点", 200)]
    assert third["outcome"] == "declined"


@pytest.mark.parametrize(
    "question", ["顶尖人才每年引进几名", "每年引进多少顶尖人才", "那个顶尖人才一年是要引进多少个来着"]
)
def test_a_target_called_in_another_order_is_not_said_to_be_without_a_figure(question: str) -> None:
    assert targets(answers("province", question)[0]) == [("引进顶尖人才", 10)]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("省经信厅牵头哪些任务", "牵头 1 项"),
        ("省科技厅牵头哪些任务", "没有牵头的任务"),
        ("打造产业集群是省经信厅牵头吗", "是。省经信厅是 1.1 打造产业集群 的牵头单位"),
        ("打造产业集群是省科技厅牵头吗", "1.1 牵头省经信厅"),
        ("哪个单位牵头的任务最多", "牵头任务最多的是"),
        ("省经信厅牵头而省科技厅配合的任务有哪些", "省经信厅牵头"),
        ("省财政厅和省经信厅的任务有什么区别", "（牵头 1 项）"),
        ("第一部分谁牵头", "共 3 家牵头单位"),
        ("1.1讲什么", "牵头省经信厅"),
    ],
)
def test_a_lead_that_the_plan_states_is_called_so(question: str, said: str) -> None:
    (answer,) = answers("province", question)
    assert said in answer["text"]
    assert "首列" not in answer["text"]


def test_where_only_some_tasks_state_their_lead_the_others_are_told() -> None:
    (answer,) = answers("nation", "教育部牵头哪些任务")
    assert "部分任务方案未写明牵头" in answer["text"]
    (answer,) = answers("nation", "推动示范应用是农业农村部牵头吗")
    assert "首列单位" in answer["text"]


@pytest.mark.parametrize(
    ("plan", "said", "unit"),
    [
        ("province", "发改委", "省发展改革委"),
        ("province", "省发改委", "省发展改革委"),
        ("province", "浙江省发展和改革委员会", "省发展改革委"),
        ("province", "浙江省科学技术厅", "省科技厅"),
        ("province", "人社厅", "省人力社保厅"),
        ("province", "省市监局", "省市场监管局"),
        ("province", "交通厅", "省交通运输厅"),
        ("province", "杭州市人民政府", "杭州市政府"),
        ("nation", "工信部", "工业和信息化部"),
        ("nation", "国家发展改革委", "发展改革委"),
        ("nation", "发改委", "发展改革委"),
        ("nation", "央行", "人民银行"),
        ("nation", "中国人民银行", "人民银行"),
        ("nation", "国家市场监督管理总局", "市场监管总局"),
        ("nation", "市监总局", "市场监管总局"),
        ("nation", "国务院国资委", "国资委"),
        ("nation", "交通部", "交通运输部"),
    ],
)
def test_a_body_s_names_everywhere_mean_the_plan_s_unit(plan: str, said: str, unit: str) -> None:
    (answer,) = answers(plan, f"{said}参与哪些任务")
    assert (answer["outcome"], answer["about"]["units"]) == ("answered", [unit])


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("province", "国家发展改革委"),
        ("province", "市发改委"),
        ("province", "宁波市发改委"),
        ("province", "江苏省科学技术厅"),
        ("province", "科技局"),
        ("nation", "浙江省发展改革委"),
        ("nation", "省发改委"),
        ("nation", "人社部"),
    ],
)
def test_a_body_of_another_place_or_level_is_none_of_the_plan_s(plan: str, said: str) -> None:
    (answer,) = answers(plan, f"{said}参与哪些任务")
    assert (answer["outcome"], answer["about"]["units"]) == ("declined", [])


@pytest.mark.parametrize(
    ("question", "task"),
    [
        ("第四条讲什么", "2.1"),
        ("第4条讲什么", "2.1"),
        ("（六）是什么任务", "3.1"),
        ("（6）是什么任务", "3.1"),
        ("二（五）讲什么", "2.2"),
        ("第二部分第五条讲什么", "2.2"),
        ("第二部分第一条讲什么", "2.1"),
    ],
)
def test_articles_that_are_counted_through_are_known_by_their_number(question: str, task: str) -> None:
    assert answers("province", question)[0]["answer"]["tasks"] == [task]


def test_after_a_list_an_article_s_number_is_a_place_in_it() -> None:
    _, second, sixth = answers("province", "省发展改革委有哪些任务", "第二条讲什么", "第六条讲什么")
    assert second["answer"]["tasks"] == ["1.3"]
    assert sixth["answer"]["tasks"] == ["3.1"]


def test_no_article_beyond_the_last() -> None:
    assert answers("province", "第三十条讲什么")[0]["outcome"] == "declined"


@pytest.mark.parametrize("plan", DESKS)
@pytest.mark.parametrize("question", ["", "第三十条讲什么", "你好", "帮助", "有几个", "谁牵头"])
def test_examples_are_of_the_plan_that_is_loaded(plan: str, question: str) -> None:
    (answer,) = answers(plan, question)
    assert "市交通局" not in answer["text"]
    assert "5G" not in answer["text"]


@pytest.mark.parametrize("plan", DESKS)
def test_every_example_is_answered(plan: str) -> None:
    assert [answers(plan, one)[0]["outcome"] for one in all_kinds(DESKS[plan].library)] == ["answered"] * 4


@pytest.mark.parametrize("question", ["2讲什么", "任务2讲什么", "2的目标", "第二条讲什么"])
def test_a_task_of_a_plan_without_sections_is_known_by_its_number(question: str) -> None:
    assert answers("nation", question)[0]["about"]["tasks"] == ["2"]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("超过1亿千瓦的目标有哪些", "装备总动力"),
        ("11亿千瓦是什么目标", "装备总动力"),
        ("装备总动力11亿千瓦哪年达到", "装备总动力"),
        ("以万吨标准煤计的目标有哪些", "节能量"),
        ("500万吨标准煤是什么目标", "节能量"),
        ("超过1000张的目标有哪些", "养老床位"),
        ("按张数算的目标有哪些", "养老床位"),
        ("10万亩以上的目标有哪些", "示范田"),
        ("养老床位要多少张", "养老床位"),
    ],
)
def test_a_plan_s_own_units_of_measure_are_read(question: str, name: str) -> None:
    assert [found for found, _ in targets(answers("nation", question)[0])] == [name]


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("装备总动力是不是要稳定在11亿千瓦左右", True),
        ("装备总动力是12亿千瓦吗", False),
        ("养老床位是3000张吗", True),
        ("节能量是500万吨标准煤吗", True),
        ("示范田是20万亩吗", True),
    ],
)
def test_a_figure_in_a_plan_s_own_unit_is_held_against_it(question: str, *, holds: bool) -> None:
    assert answers("nation", question)[0]["answer"]["holds"] is holds


def test_a_word_for_a_part_inside_a_title_is_the_title_s() -> None:
    (answer,) = answers("province", "全产业链协同发展有哪些责任单位")
    assert answer["answer"]["units"] == ["省发展改革委", "省经信厅", "省商务厅"]


def test_who_does_what_the_plan_says_in_words_is_said_in_its_words() -> None:
    (answer,) = answers("province", "谁负责牵头组织实施")
    assert (answer["outcome"], answer["answer"]) == ("answered", {})
    assert "由省发展改革委负责牵头组织实施" in answer["text"]


@pytest.mark.parametrize("question", ["哪个任务目标最多", "哪项任务目标最多", "哪个任务的目标最多"])
def test_the_task_with_most_targets(question: str) -> None:
    assert answers("province", question)[0]["answer"] == {"tasks": ["1.2", "3.1"], "count": 3}


def test_sums_in_yuan_are_compared_whatever_their_scale_but_not_with_a_price() -> None:
    found = targets(answers("province", "补助金额最高的目标是哪个")[0])
    assert sorted(found) == [("基金最高补助", 3), ("无人机最高补助", 2000)]


def test_of_several_things_none_is_left_out_because_only_its_task_is_called_so() -> None:
    found = targets(answers("province", "无人机最高补助和产业集群目标各是多少")[0])
    assert found == [("无人机最高补助", 2000), ("百亿级龙头企业", 30), ("链主企业", 3)]


def test_how_large_a_thing_is_asks_for_its_target_whatever_went_before() -> None:
    answer = answers("province", "龙头企业谁负责", "规模多大", "什么时候建成")
    assert targets(answer[1]) == targets(answer[2]) == [("百亿级龙头企业", 30)]


def test_the_greeting_speaks_of_the_plan_that_is_loaded() -> None:
    library = DESKS["province"].library
    reply = visitor_home(library)
    assert "《关于支持低空产业发展的若干措施》" in plain_text(reply.blocks[0])
    for button in (*reply.buttons, *help_text(library, []).buttons):
        assert answers("province", button.question)[0]["outcome"] == "answered"


def test_a_report_says_which_year_s_target_it_is_of_or_is_asked() -> None:
    out = io.StringIO()
    texts = ["2027年起降点建成120个", "3.1 2025年起降点150个", "起降点建成120个"]
    who = {"id": "u", "unit": "省交通运输厅", "today": "2025-06-01"}
    lines = [json.dumps({**who, "text": text}) for text in texts]
    parse_update_jsonl(lines, out, plan=str(FOLDER / "province.yaml"))
    found = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [one["outcome"] for one in found] == ["understood", "understood", "clarify"]
    assert [one["updates"][0]["target"] for one in found[:2]] == ["2027年起降点", "2025年起降点"]
    assert [one["updates"][0]["as_of"] for one in found[:2]] == [None, None]


def test_so_many_targets_of_a_year_are_counted() -> None:
    assert answers("province", "27年的目标有几个")[0]["answer"]["count"] == len(OF_2027)


def test_where_no_day_is_written_a_year_is_neither_confirmed_nor_denied() -> None:
    (answer,) = answers("province", "无人机补助2000元是2027年吗")
    assert "holds" not in answer["answer"]
    assert "方案未写期限" in answer["text"]


@pytest.mark.parametrize("question", ["12月31日到期的目标有哪些", "年底到期的目标有哪些"])
def test_a_day_without_a_year_is_of_this_year(question: str) -> None:
    (answer,) = answers("province", question)
    assert targets(answer) == []
    assert "2026" in answer["text"]


@pytest.mark.parametrize("question", ["这个意见总共几项任务", "本意见有多少项任务", "该指导意见一共几条任务"])
def test_the_document_s_own_noun_means_the_whole_plan(question: str) -> None:
    assert answers("nation", question)[0]["answer"]["count"] == answers("nation", "一共几项任务")[0]["answer"]["count"]


@pytest.mark.parametrize("question", ["请提供教育部负责的全部任务", "请予明确教育部负责的任务", "核对教育部的任务"])
def test_what_is_to_be_done_is_no_place(question: str) -> None:
    assert answers("nation", question)[0]["answer"]["tasks"] == ["2"]
