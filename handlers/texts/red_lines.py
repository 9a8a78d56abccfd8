"""What is refused at the door."""

from handlers.services.red_lines import RedLine
from handlers.texts.marks import bold, typeset
from handlers.texts.reply import Reply
from storage.rich_text import Text, joined

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
OF_DISCIPLINE = "反映党员、公职人员违纪违法，请打 12388（纪检监察举报电话）。"
"""The one place for it; nothing of it is taken here."""
OF_ALL_ELSE = "投诉一个单位、反映身边的事，请打 12345（政务服务便民热线）。"


def refused(reason: RedLine) -> Reply:
    """What was not taken, and what to do now."""
    return Reply(
        head=bold(f"没有收下：里面像是有{WHAT[reason]}。"),
        blocks=("这里是境外公网，原文没有保存。请您也在聊天里删掉它，去掉这部分再发。",),
        foot=typeset(f"{NOT_A_REVIEW}，发之前请自己先看一遍。"),
    )


def of_a_case() -> Text:
    """To what is brought against somebody in office, or leads to a case: who takes it, and that nothing is kept."""
    return joined(
        (
            bold(OF_DISCIPLINE),
            f"这里不收举报和{WHAT[RedLine.CASE]}：您写的没有保存，谁也看不到。这里是境外公网，请您也在聊天里删掉它。",
            OF_ALL_ELSE,
            "工作中要发的，请去掉涉及具体人的部分。",
        )
    )
