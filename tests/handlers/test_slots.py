"""What a sentence says besides its order completes the command's line, whatever the order was recognised by."""

from datetime import date, timedelta

import pytest
from reminder_chat import Chat
from reminder_harness import BASE_STATION, OFFICE, SUPERVISOR, ReminderHarness

from bot.commands.explain import typed_by
from handlers.people.absence_requests import absence_days
from handlers.routing.slots import SLOTS, filled
from handlers.services.question_service import QuestionService
from storage.database import Database

TODAY = date(2023, 3, 1)
FILLED = (
    ("/invite", "邀请市住建局的联络员", "/invite liaison 市住建局"),
    ("/invite", "给水利局弄个邀请码", "/invite 市水利和湖泊局"),
    ("/invite", "拉交通局王科长进来", "/invite 市交通局"),
    ("/invite", "把梅川镇的单位负责人加进来", "/invite head 梅川镇"),
    ("/invite", "邀请分管第五部分的副市长", "/invite leader 5"),
    ("/invite", "领导的联络员要一个邀请码", "/invite aide"),
    ("/invite", "邀请过江通道的项目联络人，市交通局的", "/invite contact G220武穴至瑞昌过江通道 市交通局"),
    ("/invite", "项目联络人，市交通局的", "/invite contact"),
    ("/invite", "新来了个联络员", "/invite liaison"),
    ("/invite", "教育局新来的副局长", "/invite 市教育局"),
    ("/owed", "交通局这个月还差哪几项", "/owed 市交通局"),
    ("/urge", "给科经局和交通局催催", "/urge 市科经局、市交通局"),
    ("/urge", "再去催一遍", "/urge all"),
    ("/units", "水利局那边的电话给我", "/units 市水利和湖泊局"),
    ("/people", "梅川镇都有谁绑了", "/people 梅川镇"),
    ("/people", "看看人员7", "/people 人员7"),
    ("/lock", "人员7手机丢了", "/lock 人员7"),
    ("/sheet", "把教育局的空表发我", "/sheet 市教育局"),
    ("/sheet", "各单位的空表都给我", "/sheet 各单位"),
    ("/signer", "市科经局的数由张副局长审签", "/signer 市科经局"),
    ("/history", "5机站以前都报过多少", "/history 5.2 5G基站"),
    ("/history", "看看 #7 的前前后后", "/history #7"),
    ("/return", "12号那条打回去，口径不对", "/return #12 ，口径不对"),
    ("/return", "把数字校园那个数打回去", "/return 5.2 数字校园覆盖率"),
    ("/check", "5G基站的数我去现场看了", "/check 5.2 5G基站"),
    ("/problems", "科经局那边堵在哪", "/problems 市科经局"),
    ("/moves", "数字校园比上月怎么样", "/moves 5.2 数字校园覆盖率"),
    ("/halfyear", "教育局双过半行不行", "/halfyear 市教育局"),
    ("/brief", "第五部分的材料给我一份", "/brief 5"),
    ("/urgeproject", "江北高速那边催一下消息", "/urgeproject 江北高速公路"),
    ("/card", "5G基站的口径要动一动", "/card 5.2 5G基站 definition"),
    ("/card", "5G基站报送频次按季度", "/card 5.2 5G基站 frequency quarterly"),
    ("/card", "5G基站的主责给市科经局", "/card 5.2 5G基站 owner 市科经局"),
    ("/frequency", "科经局的指标都按月报", "/frequency 市科经局 monthly"),
    ("/frequency", "数字校园按季度报", "/frequency 5.2 数字校园覆盖率 quarterly"),
    ("/frequency", "所有指标按月报", "/frequency all monthly"),
    ("/owners", "5G基站的主责撤了", "/owners of 5.2 5G基站"),
    ("/owners who", "5G基站到底归谁填", "/owners who 5.2 5G基站"),
    ("/supervision", "纪委以后别督办了", "/supervision off 市纪委监委"),
    ("/supervision off", "税务局也不催了", "/supervision off 市税务局"),
    ("/rules", "到期提醒要改一改", "/rules deadline"),
    ("/preview", "到期提醒先让我看看", "/preview deadline"),
    ("/calendar", "今后8周都发些什么", "/calendar 8周"),
    ("/calendar", "3月24日要发哪些", "/calendar 2023-03-24"),
    ("/holidays", "10月7日上班", "/holidays 10月7日上班"),
    ("/meeting", "会期定在3月15日下午", "/meeting 3月15日下午"),
    ("/meeting", "调度会改到周五上午吧", "/meeting 周五上午"),
    ("/meeting", "把调度会从3月12号挪到14号", "/meeting 14号"),
    ("/meeting", "调度会定在3月15日下午3点在三楼会议室开", "/meeting 3月15日下午3点在三楼会议室"),
    ("/meeting cancel", "3月15号的会不开了", "/meeting cancel 2023-03-15"),
    ("/period", "方案期从2022年1月1日到2024年12月31日", "/period 2022年1月1日到2024年12月31日"),
    ("/ledger", "看看上个月要了他们几回数", "/ledger 2023-02"),
    ("/bulletin draft monthly", "把去年11月的情况拟一份", "/bulletin draft monthly 2022-11"),
    ("/announce", "通知各单位：明天停电", "/announce 明天停电"),
    ("/announce", "通知大家：明天停电", "/announce to everybody ask\n明天停电"),
    ("/suggest", "提个建议：字太小", "/suggest 提个建议：字太小"),
    ("/away", "3月6号到8号我去党校，请李四代", "/away 2023-03-06 2023-03-08 李四"),
    (
        "/behalf",
        "供电公司老汪电话里讲 农村电网去年冬天就动工了 替他们记上",
        "/behalf 市供电公司电话报：供电公司老汪电话里讲 农村电网去年冬天就动工了 替他们记上",
    ),
    ("/behalf", "帮供电公司记一下", "/behalf 市供电公司"),
    (
        "/behalf",
        "教育局送来张盖章的纸，数字校园覆盖率92.6%，我帮他们敲进去",
        "/behalf 市教育局书面报：教育局送来张盖章的纸，数字校园覆盖率92.6%，我帮他们敲进去",
    ),
    ("/withdraw", "5G基站那条先拿回来 局长没点头", "/withdraw 5.2 5G基站"),
    ("/return", "教育局那个分母不对 打回去 就说按中心校以上算 请附名单", "/return 市教育局 ，按中心校以上算 请附名单"),
    ("/owners", "领导小组今天过了 三百办〔2023〕2号 归属定死吧", "/owners paper 三百办〔2023〕2号"),
    ("/announce", "再给大伙吱一声,明天带上自家的数,别空手", "/announce 明天带上自家的数,别空手"),
    ("/suggest", "提个想法 能不能拍张表你就认 打字累死", "/suggest 提个想法 能不能拍张表你就认 打字累死"),
    ("/handover", "老胡下月退休 活儿给小袁 怎么个交法", "/handover 老胡"),
    ("/handover", "人员7要调走了", "/handover 人员7"),
    ("/handover", "换个联络员", "/handover 联络员"),
    ("/remind", "晚上十点到早上七点别发", "/remind quiet 晚上十点到早上七点"),
    ("/remind", "5G基站的先别提醒了", "/remind mute 5.2"),
    ("/me", "我电话换成0713-6223344", "/me phone 0713-6223344"),
    ("/report", "想报一下5G基站", "/report figure 5.2/1"),
    ("/report", "5G基站建成640个", "/report 5G基站建成640个"),
)
UNCHANGED = (
    ("/owed", "这个月要报什么"),
    ("/owed", "科经局和交通局都差什么"),
    ("/history", "5G基站和数字校园的历史"),
    ("/units", "田镇的电话"),
    ("/meeting", "调度会哪天开"),
    ("/card", "指标卡要改"),
    ("/away", "我要请假"),
    ("/announce", "发通知"),
    ("/suggest", "我要提意见"),
    ("/behalf", "我要代录"),
    ("/handover", "我下个月退休"),
    ("/handover", "我调走了 以后这块归周敏"),
    ("/handover", "交接给张三"),
    ("/frequency", "医保局一月一报太密，改一季"),
    ("/more", "教育局"),
)


@pytest.mark.parametrize(("line", "said", "whole"), FILLED)
def test_the_line_takes_what_the_words_say(line: str, said: str, whole: str, question_service: QuestionService) -> None:
    assert filled(line, typed_by("办公室", said, question_service, TODAY)) == whole


@pytest.mark.parametrize(("line", "said"), UNCHANGED)
def test_the_line_stays_where_the_words_name_nothing_or_several(
    line: str, said: str, question_service: QuestionService
) -> None:
    assert filled(line, typed_by("办公室", said, question_service, TODAY)) == line


@pytest.mark.parametrize("line", SLOTS)
def test_no_slot_stumbles_over_words_of_nothing(line: str, question_service: QuestionService) -> None:
    for said in ("", "。", "5", "好的" * 300):
        assert filled(line, typed_by("办公室", said, question_service, TODAY)).startswith(line)


@pytest.fixture
def chat(database: Database, question_service: QuestionService) -> Chat:
    return Chat(ReminderHarness(database, question_service, TODAY))


def test_an_invitation_asks_only_for_the_role_of_a_unit_that_was_said(chat: Chat) -> None:
    asked = chat.say(OFFICE, "/invite 市住建局")
    assert asked.head == "邀请市住建局的谁？"
    assert asked.labels == ["联络员", "单位负责人", "单位审签人"]
    assert chat.tap(OFFICE, asked, "联络员").head == "邀请链接：市住建局联络员"


def test_the_list_of_people_can_be_of_one_unit(chat: Chat) -> None:
    assert chat.say(OFFICE, "/people 科经局").head == "市科经局：已绑定 2 人"
    nobody = chat.say(OFFICE, "/people 住建局")
    assert nobody.head == "市住建局：已绑定 0 人"
    assert chat.tap(OFFICE, nobody, "邀请人员").head == "邀请市住建局的谁？"


def test_problems_can_be_of_one_unit_or_target(chat: Chat) -> None:
    for named in ("市科经局", "5.2 5G基站"):
        assert chat.say(OFFICE, f"/problems {named}").head.endswith("没有未解决的困难问题。")
    assert chat.say(OFFICE, "/problems 交通局").head == "市交通局没有未解决的困难问题。"


def test_several_units_are_pressed_together(database: Database, question_service: QuestionService) -> None:
    chat = Chat(ReminderHarness(database, question_service, date(2023, 3, 22)))
    chat.harness.own("市科经局", BASE_STATION)
    chat.harness.own("市教育局", ("5.2", "数字校园覆盖率"))
    alone, both = (chat.say(SUPERVISOR, f"催一下{units}") for units in ("科经局", "科经局和教育局"))
    assert ("5G基站" in alone.text, "数字校园" in alone.text) == (True, False)
    assert ("5G基站" in both.text, "数字校园" in both.text) == (True, True)


def test_a_months_bulletin_is_found_by_its_month(chat: Chat) -> None:
    chat.tap(OFFICE, chat.say(OFFICE, "/bulletin draft monthly 2023-01~02"), "确认起草")
    card = chat.say(OFFICE, "/bulletin 2023-01~02")
    assert "送单位核对" in card.labels
    assert chat.say(OFFICE, "/bulletin 2022-11").head != card.head


@pytest.mark.parametrize(("said", "days"), [("请假十五天", 15), ("请假两天", 2), ("请假十十十天", 10)])
def test_days_off_are_a_number_of_days(said: str, days: int) -> None:
    assert absence_days(said, said, TODAY) == (TODAY.isoformat(), (TODAY + timedelta(days - 1)).isoformat())
