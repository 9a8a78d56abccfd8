"""What a message can be, by name, with sentences that are it; and asking which of two was meant."""

from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply
from knowledge.language.pattern import sign

CODE, OPINION = "邀请码", "答主责征求意见"
COMMAND, BUTTON, RED_LINE, CALLED_OFF, PROMPT = "命令", "按钮的字", "不能发的内容", "算了", "答机器人的问"
REMINDER = "设提醒"
CARD_ORDER, RECORD_ORDER, RULE, REMINDER_SETTINGS = "改指标卡", "核实、退回", "设提醒规则", "问提醒在哪里设"
BULLETIN, CHARGE = "起草月度情况和通报", "问分管的范围"
OWNERS, MARKS = "用表确认主责", "定审签人、标记兼任市领导"
PROBLEMS, SETTLED, ROSTER, SUGGESTION = "看困难问题", "困难问题销号", "按名单邀请", "提意见建议"
PERSONAL_MATTER = "投诉、求助、自己的事"
LIKELY = "和能办的事说得相近"
NO_CHANGE, CHECK_ALL, OWN_CHECKED, ON_BEHALF = "报都无变化", "全部核实", "问自己报的核实了没有", "代单位录进展"
HOME, SENTENCE, BARE_COMMAND = "首页和帮助", "“更多”里的一句", "没打斜杠的命令"
PUBLIC_RANKING = "在群里排名、点名"
HOW_IS, OF_OWN_CHARGE = "问一项怎么样", "看分管的红灯、堵点、待决"
MEETING, DUE_WHEN, SPEAKS = "问会在什么时候", "问什么时候报", "问会上讲什么"
OWN_UNIT, ANNOUNCE, PHOTOS, FREQUENCY = "问本单位的进展", "发通知", "问怎么发照片和文件", "定报送频次"
JOINING = "问怎么绑定"
REPORT, QUESTION = "报进展", "提问"

OF_COMMAND = ("/help", "/ask 5G基站谁负责", "/units@duban_bot 科经局")
OF_CODE = ("db1#" + "x" * 43, "小周给我发了这个 db1#" + "x" * 43)
OF_BUTTON = ("撤回", "我要报进展", "成批填报。")
OF_RED_LINE = ("机密★1年 关于招商工作的报告", "身份证号420100199001011234")
OF_BARE_COMMAND = ("help", "Start", "report")
OF_SENTENCE = ("加到手机日历", "减负账本", "没用的邀请")
OF_RULE = ("到期提醒", "到期提醒 60 30 7 1 0", "报送催报 关", "重点项目收集 周一 周四")
OF_CHARGE = ("我分管的有哪些任务", "我负责分管的目标", "哪些是我分管")
OF_REPORT = (
    "5G基站建成620个",
    "截至3月10日，5G基站建成620个",
    "碳酸钙产业园征地受阻，需市自规局协调",
    "5.2 本期无变化",
    "5G基站建了600多个",
)
OF_LIKELY = (
    "新来了个人，弄个邀请码",
    "这周要发出去哪些消息，先让我看一遍",
)
GREETING = "你好"
OF_QUESTION = (
    "5G基站谁负责",
    "市交通局负责哪些任务",
    "2023年GDP目标是多少",
    "5G基站建成多少了",
    "其中牵头的呢",
    "你好",
    "今天天气怎么样",
)

_ACTS = "办|设|提醒|退|退回|写|改|填|报|发|加|补|弄|搞|说|请假|定|撤|核|换"
_LET_IT_BE = rf"""(?:那|那就|还是|先)? (?:
    算了 | 取消 | 不用了? | 不要了? | 不了 | 放弃 | 作罢 | 没事了? | 再说
    | 不(?:用|要|必)?(?:{_ACTS})了? | 别(?:{_ACTS})了? | 取消(?:{_ACTS})
    | (?:以后|回头|下次|改天)再(?:说|{_ACTS})
) (?:吧|罢|了)?"""
NEVER_MIND = sign(
    rf"^ {_LET_IT_BE} (?:[,;。、 ]* {_LET_IT_BE})* $",
    "算了",
    "取消",
    "不用了",
    "不要了",
    "不办了",
    "不退了",
    "不用退了",
    "算了吧",
    "那算了",
    "算了,先不退了",
    "先不改",
    "回头再说",
    "取消吧",
    "不提醒了",
    "别发了",
    others=("不用5G基站的口径", "取消重复统计的12个", "算了两遍,多了10个", "不对", "不报送佐证", "没有佐证"),
)
"""What calls off what the bot has asked for."""


def which(first: tuple[str, str], second: tuple[str, str]) -> Reply:
    """Two things that the words can mean, each with the command that does it."""
    (one, _), (other, _) = first, second
    return Reply(
        head=bold(f"您是要{one}，还是{other}？"), buttons=tuple(Button(name, line) for name, line in (first, second))
    )
