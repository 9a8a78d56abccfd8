"""Red lines: what each rule must catch and must not, and that the plan's own words pass."""

import json

import pytest
from folders import TESTS

from bot.telegram.incoming import without_red_lines
from handlers.services.red_lines import RULES, RedLine, red_line, reminds
from handlers.texts.red_lines import WHAT, of_a_case, refused
from knowledge.plan.shipped import find_plans
from storage.rich_text import plain_text

CATCHES = [(sentence, rule.reason) for rule in RULES for sentence in rule.catches]
SPARES = [sentence for rule in RULES for sentence in rule.spares]
ACCUSED = ("养老院院长受贿", "某局长受贿", "一个镇长收红包", "科经局局长收钱")
"""Taken at the door; in the corpus for whoever asks from the command line."""
FROM_USE = (
    "征地受阻,需市自规局协调",
    "5G基站建成620个",
    "完成征地补偿安置协议签订32户",
    "城发集团项目进度款支付受阻，请市财政局协调",
    "截至3月31日，规上工业增加值增速7.2%",
    "联系电话0713-6222222转801",
    "牛关矶综合码头已建成，投资12.6亿元",
)


@pytest.mark.parametrize(("sentence", "reason"), CATCHES)
def test_what_crosses_a_red_line_is_caught(sentence: str, reason: RedLine) -> None:
    assert red_line(sentence) is reason


@pytest.mark.parametrize("sentence", [*SPARES, *FROM_USE])
def test_what_only_speaks_of_it_is_spared(sentence: str) -> None:
    assert red_line(sentence) is None


def test_an_identity_number_counts_also_where_the_place_was_renamed_after_the_birth() -> None:
    assert red_line("经办人421182196001010013") is RedLine.IDENTITY  # 武穴 is a city since 1987
    assert red_line("经办人421182196001010014") is None


def test_nothing_in_the_shipped_plans_is_caught() -> None:
    for plan, _ in find_plans(None):
        assert red_line(repr(plan)) is None


def test_no_example_of_a_question_or_report_is_caught() -> None:
    corpus = TESTS / "knowledge"
    files = [*(corpus / "corpus").rglob("*.yaml"), *(corpus / "reports").rglob("*.yaml")]
    assert files
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines():
            assert red_line(line) is None or any(one in line for one in ACCUSED), line


def test_a_stored_update_holds_the_reason_and_nothing_of_the_text() -> None:
    number = "11010519491231002X"
    update = {
        "update_id": 1,
        "message": {
            "message_id": 2,
            "from": {"id": 3, "first_name": "访客"},
            "chat": {"id": 3, "type": "private"},
            "text": f"负责人身份证{number}",
            "reply_to_message": {"message_id": 1, "caption": number, "document": {"file_name": f"{number}.pdf"}},
        },
    }
    kept = without_red_lines(update)
    assert number not in json.dumps(kept)
    assert kept["message"]["text"] == "[拒收:identity]"
    assert kept["message"]["from"] == {"id": 3, "first_name": "访客"}


def test_every_reason_says_what_was_not_taken_and_that_keywords_are_no_review() -> None:
    for reason in RedLine:
        said = refused(reason)
        assert WHAT[reason] in plain_text(said.head)
        assert "关键词拦截不能代替保密审查" in plain_text(said.foot)


def test_what_is_brought_against_somebody_in_office_is_shown_where_it_is_taken() -> None:
    said = plain_text(of_a_case())
    assert said.startswith("反映党员、公职人员违纪违法，请打 12388")
    assert "没有保存" in said
    assert "投诉一个单位、反映身边的事，请打 12345" in said


def test_what_no_pattern_can_know_is_only_reminded_of() -> None:
    assert reminds("尚未公布的GDP数是320亿元")
    assert reminds("祥云集团今年产值12亿元")
    assert not reminds("5G基站建成620个")
    assert red_line("尚未公布的GDP数是320亿元") is None


WHO = (
    "当官的",
    "干部",
    "领导",
    "书记",
    "镇长",
    "副局长",
    "主任",
    "村官",
    "公职人员",
    "一把手",
    "村干部",
    "民警",
    "局里的人",
)
WHICH = ("", "有个", "有一个", "某", "这个", "那位", "我们镇一个", "我们局的", "梅川镇的", "反映一下,")
DEED = (
    "收红包",
    "收了老板的红包",
    "受贿",
    "贪污",
    "吃拿卡要",
    "拿回扣",
    "收钱办事",
    "优亲厚友",
    "挪用公款",
    "截留补贴",
    "吃空饷",
    "不送礼就不办事",
)
AFTER = ("", " 我跟你讲他叫", ",找谁举报", "，太不像话了")


@pytest.mark.parametrize("deed", DEED)
def test_whoever_in_office_is_said_to_have_done_wrong_is_taken_out(deed: str) -> None:
    said = [f"{which}{who}{deed}{after}" for which in WHICH for who in WHO for after in AFTER]
    assert [one for one in said if red_line(one) is not RedLine.CASE] == []


OF_OFFICE = (
    "干部考核",
    "领导干部联系企业",
    "资金挪用",
    "作风建设",
    "优化营商环境",
    "领导小组",
    "公款存放",
    "书记项目",
    "村干部培训",
)
ASKED = ("讲什么", "怎么规定", "谁牵头", "方案怎么写", "有哪些任务", "完成了3次", "，请市财政局协调", "报到25号")


@pytest.mark.parametrize("thing", OF_OFFICE)
def test_a_question_or_report_in_the_same_words_is_no_accusation(thing: str) -> None:
    said = [f"{before}{thing}{asked}" for before in ("", "我们局的", "局长问", "书记说") for asked in ASKED]
    assert [one for one in said if red_line(one)] == []


def test_of_the_sentences_of_the_orders_only_complaints_are_taken() -> None:
    files = (TESTS / "handlers" / "orders").glob("*.tsv")
    rows = [line.split("\t") for path in files for line in path.read_text(encoding="utf-8").splitlines()]
    assert {label for label, said in rows if red_line(said)} == {"投诉"}
