"""Reminders asked for in plain words: one test a sentence, with sentences that ask for none."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.services.clock import PLAN_ZONE
from knowledge.language.normalize import clean
from knowledge.reminders.request import ASKS, wanted_reminder

NOW = datetime(2023, 3, 1, 10, tzinfo=PLAN_ZONE)
"""A Wednesday."""

REMINDERS = {
    "提醒我下周三报送5G基站": "2023-03-08 报送5g基站",
    "明天下午三点提醒我开调度会": "2023-03-02 15:00 开调度会",
    "3天后叫我催5G基站": "2023-03-04 催5g基站",
    "请在3月20日上午9点提醒我报数": "2023-03-20 09:00 报数",
    "麻烦明天早上8点半提醒我一下交材料": "2023-03-02 08:30 交材料",
    "记得后天提醒我给市交通局打电话": "2023-03-03 给市交通局打电话",
    "半小时后提醒我回电话": "2023-03-01 10:30 回电话",
    "提醒我5分钟后打电话": "2023-03-01 10:05 打电话",
    "25号之前提醒我报3月的数": "2023-03-25 报3月的数",
    "12月31日前提醒我报终期数": "2023-12-31 报终期数",
    "提醒我在下周三之前把技改项目报了": "2023-03-08 把技改项目报了",
    "下周五提醒我：核对技改项目": "2023-03-10 核对技改项目",
    "提醒我一下，明天要开会": "2023-03-02 开会",
    "月底提醒我写总结": "2023-03-31 写总结",
    "年底提醒我做年终自评": "2023-12-31 做年终自评",
    "今晚8点提醒我改材料": "2023-03-01 20:00 改材料",
    "下午提醒我开会": "2023-03-01 15:00 开会",
    "大后天上午叫我去梅川镇": "2023-03-04 09:00 去梅川镇",
    "下个月5号提醒我交季报": "2023-04-05 交季报",
    "一个月后提醒我看看招商引资": "2023-04-01 看看招商引资",
    "两周后再提醒我一次5G基站的事": "2023-03-15 5g基站的事",
    "下下周一早上提醒我报一季度的数": "2023-03-13 09:00 报一季度的数",
    "别忘了提醒我明天交表": "2023-03-02 交表",
    "明天喊我开会": "2023-03-02 开会",
    "叫我明天报5G基站": "2023-03-02 报5g基站",
    "能不能明天提醒我报数吗？": "2023-03-02 报数",
    "可以下周一提醒我交表吗": "2023-03-06 交表",
    "帮我设个提醒，3月8日下午2点半开联席会议": "2023-03-08 14:30 开联席会议",
    "设置提醒 明天 交表": "2023-03-02 交表",
    "下周三开调度会，提醒我一下": "2023-03-08 开调度会",
    "明天下午3点到市政府开会，提醒我": "2023-03-02 15:00 到市政府开会",
    "后天上午9点半，请提醒我参加联席会议，带上材料": "2023-03-03 09:30 参加联席会议,带上材料",
    "提醒我明天上午十点去市政府开会": "2023-03-02 10:00 去市政府开会",
    "2023年12月29日提醒我报5G基站终期数": "2023-12-29 报5g基站终期数",
    "3月18日（周六）上午提醒我值班": "2023-03-18 09:00 值班",
    "明天提醒我5G基站建成620个": "2023-03-02 5g基站建成620个",
    "昨天提醒我报数": "2023-02-28 past 报数",
    "今天早上8点提醒我报数": "2023-03-01 08:00 past 报数",
    "3月22日周四提醒我报数": "2023-03-22 odd 报数",
    "提醒我报5G基站": "报5g基站",
    "提醒我开下周三的调度会": "开下周三的调度会",
    "提醒我": "",
    "明天9点叫我一声": "2023-03-02 09:00",
    "每周三提醒我报数": "repeats 每周三 报数",
    "每个月25日提醒我报数": "repeats 每个月25日 报数",
    "每两周提醒我报数": "repeats 每两周 报数",
    "隔天提醒我看一次进度": "repeats 隔天 看一次进度",
    "每月最后一个工作日提醒我报表": "repeats 每月最后一个工作日 报表",
    "每季度首月5号提醒我报季报": "repeats 每季度首月5号 报季报",
    "每个工作日早上9点提醒我看进度": "repeats 每个工作日早上9点 看进度",
    "天天提醒我报数": "repeats 天天 报数",
    "本月最后一个工作日提醒我报表": "2023-03-31 报表",
    "国庆前提醒我报数": "2023-09-30 报数",
    "五一后提醒我报数": "2023-05-04 报数",
    "3个工作日后提醒我交表": "2023-03-06 交表",
    "廿五号提醒我报数": "2023-03-25 报数",
    "提醒我4/7报数": "2023-04-07 报数",
    "明晨6点提醒我开会": "2023-03-02 06:00 开会",
    "今晚凌晨1点提醒我交表": "2023-03-02 01:00 交表",
    "上半年提醒我做小结": "做小结",
    "提醒我5.2报数": "5.2报数",
    "提醒我5G基站谁负责？": "5g基站谁负责",
    "提醒我2月30日报表": "no 2月30日 报表",
    "提醒我明天25点开会": "no 明天25点 开会",
    "26点提醒我开会": "no 26点 开会",
}
NONE = (
    "你会提醒我吗",
    "怎么提醒我",
    "什么时候提醒我报数",
    "谁提醒我",
    "为什么不提醒我",
    "不要提醒我",
    "别再提醒我5.2了",
    "有提醒功能吗",
    "我的提醒有哪些",
    "别人叫我小王",
    "你叫我什么",
    "领导叫我明天开会",
    "督查室提醒我报5G基站",
    "昨天市科经局叫我报数",
    "提醒市科经局报数",
    "提醒我们局报数",
    "通知我局开会",
    "已提醒企业开工",
    "5G基站建成620个，提醒我明天报",
    "5G基站建成620个",
    "5G基站谁负责",
    "下周三报送5G基站",
    "告诉我明天到期的目标",
    "有哪些快到期",
    "技改项目本期无变化",
)


def said(text: str) -> str | None:
    found = wanted_reminder(clean(text), NOW)
    if found is None:
        return None
    when = found.when
    parts = [f"{when.day}", f"{when.at:%H:%M}" if when.at else "", "past" * when.past, "odd" * when.odd] if when else []
    return " ".join(
        filter(
            None,
            (
                *parts,
                f"repeats {found.repeats}" * bool(found.repeats),
                f"no {found.unreal}" * bool(found.unreal),
                found.what,
            ),
        )
    )


@pytest.mark.parametrize(("text", "expected"), REMINDERS.items())
def test_a_reminder_is_heard(text: str, expected: str) -> None:
    assert said(text) == expected


@pytest.mark.parametrize("text", NONE)
def test_a_sentence_that_asks_for_none_is_left_alone(text: str) -> None:
    assert said(text) is None


@pytest.mark.parametrize("text", ASKS.examples)
def test_an_example_shows_the_sign(text: str) -> None:
    assert ASKS.shows(clean(text))


@pytest.mark.parametrize("text", ASKS.others)
def test_another_sentence_does_not_show_it(text: str) -> None:
    assert not ASKS.shows(clean(text))


@given(st.text(st.sampled_from("提醒叫我明天下周三3点报,。的了吗前在5g基站12月日号每")))
def test_no_text_raises(text: str) -> None:
    wanted_reminder(clean(text), NOW)
