"""What is refused at the door."""

from handlers.services.red_lines import RedLine
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Reply

WHAT = {
    RedLine.SECRET: "带密级标志的内容",
    RedLine.INTERNAL: "内部资料",
    RedLine.INSTRUCTION: "批示原文",
    RedLine.FLOOR_PRICE: "招商底价",
    RedLine.COMPENSATION: "征迁补偿的金额或名单",
    RedLine.CADRES: "干部考察、任免的人选",
    RedLine.CASE: "案件线索",
    RedLine.IDENTITY: "身份证号",
    RedLine.BANK_CARD: "银行卡号",
}
NOT_A_REVIEW = "关键词拦截不能代替保密审查"
REMINDER = f"提醒：未发布的统计数据、能识别单个企业的统计资料不要发在这里。{NOT_A_REVIEW}。"
_CASES = "反映公职人员的问题，请拨 12388。"


def refused(reason: RedLine) -> Reply:
    """What was not taken, and what to do now."""
    more = _CASES if reason is RedLine.CASE else ""
    return Reply(
        head=bold(f"没有收下：里面像是有{WHAT[reason]}。"),
        blocks=(f"这里是境外公网，原文没有保存。请您也在聊天里删掉它，去掉这部分再发。{more}",),
        foot=typeset(f"{NOT_A_REVIEW}，发之前请自己先看一遍。"),
    )
