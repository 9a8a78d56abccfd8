"""The words by which a sentence tells what its order is about: roles, numbers, reasons and how a date is moved."""

import re

from handlers.people.codes import ContactField
from handlers.reports.texts_sheets import ALL_UNITS
from knowledge.plan.model import Frequency
from storage.people import Role

ROLES = tuple(
    (role, re.compile(shown))
    for role, shown in (
        (Role.CONTACT, "项目(?:专班)?(?:联络|联系)[人员]|专班联络人"),
        (Role.AIDE, "(?:领导|市长|书记|常委)的?(?:联络员|秘书)"),
        (Role.SIGNER, "审签人?"),
        (Role.LIAISON, "联络[员人]|联系人"),
        (Role.HEAD, "(?:单位)?(?:负责人|一把手)|主要负责(?:人|同志)|(?<!副)局长|(?<!副)镇长"),
        (Role.LEADER, "分管(?:的?市)?领导|分管副?市长|副市长|市领导"),
        (Role.SUPERVISOR, "督查[室员]"),
        (Role.PROJECTS, "重点项目(?:服务)?中心"),
        (Role.OFFICE, "办公室(?:的|人员|同事|来)"),
    )
)
"""The first that shows is meant: 领导的联络员 is no unit's."""
NUMBER = re.compile(
    r"(?:#|编号|第)\s?(\d{1,9})(?!\d|[部季月年.])|(?<![\d月.])(\d{1,9})(?:号那?条|号填报|号问题|号通知|号邀请)"
)
SECTION = re.compile(r"第[一二三四五六七八九十\d]{1,3}个?(?:大)?(?:部分|板块|方面)")
REASON = re.compile(r"(?:[,，:：;；]|因为|理由是|原因是|就说)[\s因为是就说]{0,4}(?P<why>\S.*)$", re.DOTALL)
MOVED_TO = re.compile("(?:改|挪|移|推|推迟|延|提前|调整?|换|变|定|放|安排)(?:到|至|成|为|在)")
WEEKS = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,2})个?(?:周|星期)(?!内?[一二三四五六日天])")
SPARED = re.compile("不(?:再|用|要)?(?:列|作为|纳入|当|督办)|移出|退出|免于?督办|排除|别督办")
LISTED_AGAIN = re.compile("(?:重新|恢复).{0,20}?(?:列|纳入|督办)|列入|列为|纳入")
_OF_MONTH = r"(\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日]"
DUE_DAY = re.compile(
    rf"(?:截止|报送|报数|填报|上报|交数)[^0-9,。]{{0,8}}?{_OF_MONTH}|每个?月的?{_OF_MONTH}(?:截止|为止|之?前[报交]|[报交])"
)
QUIET = re.compile("免打扰|别|不要|不用|勿扰|静音")
MUTED = re.compile("暂停|别|不要|不用|先停|静音")
MARK = re.compile(r"[:：]|意见是|建议是|[,，]|\S{2}\s+\S{4}")
SPOKEN_TO_ALL = re.compile(r"^[^,，:：\s]{2,16}[,，:：\s]\s*(?P<what>\S{4}(?s:.*))$")
"""What follows 再给大伙吱一声,"""
PAPER = re.compile(r"[\u4e00-\u9fff]{1,10}[〔\[(（]\d{4}[〕\])）]\s?\d{1,4}\s?号")
SOURCES = (
    ("电话", re.compile("电话|来电|口头")),
    ("书面", re.compile("书面|盖章|纸|传真|来函")),
    ("OA", re.compile("OA", re.IGNORECASE)),
)
"""How a unit's word came, as 代录 says it."""
EVERY_UNIT = re.compile(f"{ALL_UNITS}|各家|所有单位|全部单位|每家|一家一[份张]")
FREQUENCIES = (
    (Frequency.HALF_YEARLY.value, re.compile("[按每为成]半年|半年(?:一)?[报次]|半年度")),
    (Frequency.QUARTERLY.value, re.compile("[按每为成一改]个?季|季度?(?:一)?[报次]|季报")),
    (Frequency.MONTHLY.value, re.compile("[按每为成]个?月|月(?:度)?(?:一)?[报次]|逐月")),
    (Frequency.YEARLY.value, re.compile("(?<!半)[按每为成](?:一)?年|(?<!半)年度?(?:一)?[报次]")),
)
"""The first that shows is meant."""
TELEPHONES = (
    (ContactField.MOBILE, re.compile(r"(?<!\d)1\d{10}(?!\d)")),
    (ContactField.PHONE, re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)[2-8]\d{6,7}(?!\d)")),
)
_END = re.compile("(?:召开|开会|举行|开|吧|了|啊|呀|哦|好|行|可以|,|，|。|!|！| ){0,4}(?:吗|么|嘛)?[?？。!！]*$")


_LEAVES = "退休|调走|调离|离岗|离职|辞职|转岗|换岗|调岗|调动|休产假|不干"
HANDED_OVER = re.compile(
    rf"(?:^|[,， ])(?P<who>[老小][\u4e00-\u9fff]|(?!我|本人|咱)[\u4e00-\u9fff]{{2,3}}?)"
    rf"(?:要|快|已经?|下个?月|这个?月|月底|年底|马上|就|明天|下周){{0,3}}(?:{_LEAVES})"
    r"|换(?:个|一个|成别的|别的)?(?P<role>联络员)"
)
"""Whose roles go to another: 老胡下月退休, 换个联络员."""


def without_end(words: str) -> str:
    """What is said of a day and a place, without what only ends the sentence."""
    return _END.sub("", words)
