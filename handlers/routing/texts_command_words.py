"""What people type for the codes of commands: one table, by command and place."""

from handlers.chat.command_words import place
from handlers.reports.codes import CardVerb, RecordVerb, Step

CARD = {
    "确认": CardVerb.CONFIRM,
    "改数": CardVerb.NUMBER,
    "改日期": CardVerb.DAY,
    "换一项": CardVerb.OTHER,
    "加说明": CardVerb.NOTE,
    "取消": CardVerb.CANCEL,
}
"""Typed alone, they are for the card that is open."""
LINES = {
    "报进展": "/report",
    "我要报进展": "/report",
    "填报": "/report",
    "我要填报": "/report",
    "填报进展": "/report",
    "报进度": "/report",
    "我要报进度": "/report",
    "成批填报": "/report",
    "撤回": "/withdraw",
    "撤回上一条": "/withdraw",
    "我要撤回": "/withdraw",
    "撤回刚才那条": "/withdraw",
}
"""What is typed in a command's stead."""
RETURN = "退回"
"""Begins a message that returns a report."""
PLACES = (
    place("report", CARD, codes=CardVerb, before=r"#\d+\.\d+ "),
    place("report", {"成批": Step.FORM, "无变化": Step.SAME}, codes=Step),
    place("evidence", {"看": RecordVerb.SEE}, codes=RecordVerb),
    place("pending", {"认可": RecordVerb.ACCEPT, "退回": RecordVerb.RETURN}, codes=RecordVerb),
    place("approve", {"全部": RecordVerb.ALL}, codes=RecordVerb),
)
