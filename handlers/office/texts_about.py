"""What the bot is, on which approval it rests, and what people suggest to the office."""

from collections.abc import Sequence
from datetime import date

from handlers.office.codes import SuggestionVerb
from handlers.texts.marks import bold, short, typeset
from handlers.texts.reply import Button, Reply
from knowledge.language.pattern import sign
from storage.suggestions import Suggestion

ABOUT_ABOUT = "关于：名称、版本、备案编号、审批依据、记什么不记什么"
ABOUT_SUGGEST = "给办公室提意见建议"
ABOUT_SUGGESTIONS = "看意见建议"

MOST = 500
"""Characters of a suggestion."""
NAME = "督办助手"

SUGGESTS = sign(
    r"^(?:我)?(?:的|想|要)?(?:提)?(?:一?个|点|一?条|些)?(?:意见建议|意见|建议)[:].+$",
    "意见：每月25日太早，能不能放到28日",
    "建议：表格里把单位写上",
    others=("意见不一致的有哪些", "建议谁牵头", "征求意见：5.2", "我要提意见"),
)


def about(titles: Sequence[str], version: str, *, filing: str, approval: str, suggests: bool) -> Reply:
    plans = "".join(f"《{title}》" for title in titles)
    blocks = (
        f"版本 {version}；方案：{plans}",
        f"备案编号：{filing or '未填写'}\n审批依据：{approval or '未填写'}",
        "定位：查询、提醒、代拟辅助。督查考核以线下公文为准；不排名，不计在线时长。",
        "记：问过没读懂的话（号码遮盖）、填报、谁在什么时候改了什么；绑定的人的姓名和工作电话，离岗 30 日内去掉。",
        "不记：密级内容、内部资料、身份证号、银行卡号、举报内容；日志里没有任何人写的话。",
    )
    buttons = (Button("提意见建议", "/suggest"),) if suggests else ()
    return Reply(head=bold(f"关于{NAME}"), blocks=tuple(map(typeset, blocks)), buttons=buttons)


def ask(said_by: str) -> Reply:
    return Reply(head=bold("请写意见建议，一次一条。"), blocks=(_seen(said_by), f"最多 {MOST} 个字。"))


def to_send(text: str, said_by: str) -> Reply:
    return Reply(head=bold("交给办公室？"), blocks=(f"“{text}”", _seen(said_by)))


def _seen(said_by: str) -> str:
    return f"办公室看到的是：{said_by}、日期和您写的话。不记姓名和账号；一个单位只有一两个人的，别人也许猜得出。"


def sent() -> Reply:
    return Reply(head=bold("已交办公室。") + "办公室看过以后删去。")


def too_long(length: int) -> Reply:
    return Reply(head=bold(f"写了 {length} 个字，最多 {MOST} 个。") + "请短一些，或者分几条。")


def not_kept() -> Reply:
    return Reply(
        head=bold("没有收下：里面像是有不能发在这里的内容。"),
        blocks=("请去掉身份证号、涉密内容、举报线索再发；反映党员、公职人员违纪违法请打 12388，其他投诉请打 12345。",),
    )


def suggestions(found: Sequence[Suggestion], today: date) -> Reply:
    if not found:
        return Reply(head=bold("没有待看的意见建议。"))
    shown = found[:4]
    lines = [f"{one.id} {_day(one.said_on, today)}，{one.said_by}：{one.text}" for one in shown]
    more = f"还有 {len(found) - len(shown)} 条，前面的办了再显示。" if len(found) > len(shown) else ""
    return Reply(
        head=bold(f"意见建议：{len(found)} 条"),
        blocks=tuple(map(typeset, filter(None, (*lines, more)))),
        foot="点“办了”就删去，不留底。",
        buttons=tuple(Button(f"{one.id} 办了", f"/suggestions {one.id} {SuggestionVerb.DONE}") for one in shown),
    )


def to_drop(one: Suggestion) -> Reply:
    return Reply(head=bold(f"第 {one.id} 条办了，删去？"), blocks=(typeset(short(one.text, 60)),))


def dropped() -> Reply:
    return Reply(head=bold("已删去。"), buttons=(Button("看其余的", "/suggestions"),))


def _day(day: date, today: date) -> str:
    return f"{day.month}月{day.day}日" if day.year == today.year else day.isoformat()
