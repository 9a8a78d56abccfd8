"""What a message can be, by name, with sentences that are it; and asking which of two was meant."""

from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply

COMMAND, BUTTON, RED_LINE, CALLED_OFF, PROMPT = "命令", "按钮的字", "不能发的内容", "算了", "答机器人的问"
REMINDER = "设提醒"
RULE, OWN_REMINDERS, REMINDER_SETTINGS = "设提醒规则", "看自设的提醒", "问提醒在哪里设"
CONTACTS, BRIEF, CHARGE = "找单位的联系人", "要会前一页纸", "问分管的范围"
REPORT, QUESTION = "报进展", "提问"

OF_COMMAND = ("/help", "/ask 5G基站谁负责", "/units@duban_bot 科经局")
OF_BUTTON = ("撤回", "我要报进展", "成批填报。")
OF_RED_LINE = ("机密★1年 关于招商工作的报告", "身份证号420100199001011234")
OF_RULE = ("到期提醒", "到期提醒 60 30 7 1 0", "报送催报 关", "重点项目收集 周一 周四")
OF_CHARGE = ("我分管的有哪些任务", "我负责分管的目标", "哪些是我分管")
OF_REPORT = (
    "5G基站建成620个",
    "截至3月10日，5G基站建成620个",
    "碳酸钙产业园征地受阻，需市自规局协调",
    "5.2 本期无变化",
    "5G基站建了600多个",
)
OF_QUESTION = (
    "5G基站谁负责",
    "市交通局负责哪些任务",
    "2023年GDP目标是多少",
    "5G基站建成多少了",
    "其中牵头的呢",
    "你好",
    "今天天气怎么样",
)

NEVER_MIND = frozenset({"取消", "算了", "不用了", "不要了", "不办了", "不设了", "不提醒了"})
"""What calls off what the bot has asked for."""


def called_off() -> Reply:
    return Reply(head=bold("好，不办了，什么也没有改。"))


def which(first: tuple[str, str], second: tuple[str, str]) -> Reply:
    """Two things that the words can mean, each with the command that does it."""
    (one, _), (other, _) = first, second
    return Reply(
        head=bold(f"您是要{one}，还是{other}？"), buttons=tuple(Button(name, line) for name, line in (first, second))
    )
