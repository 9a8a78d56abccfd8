"""The command line: help, wrong usage, and why the bot does not start."""

from collections.abc import Sequence

ABOUT = "督办助手：回答政府行动方案的问题，谁负责、目标多少、何时到期。"
ASK = "问一句话，例如 duban ask 市交通局负责哪些任务；加 --jsonl 从标准输入逐行读对话。"
EXPLAIN = "说明一句话在聊天里当作什么（各项得分、次选），提问又是怎样读懂的：用了哪条规则、各部分取了什么。"
PARSE_UPDATE = "读懂报进展的消息：从标准输入逐行读，加 --jsonl。"
PLAYGROUND = "在浏览器里试用：不要令牌，不连外网，数据另存。"
RUN = "运行机器人，需要令牌（见 config.example.toml）。"
INVITE = "生成一次性邀请链接，例如 duban invite --role 办公室；第一个办公室账号由此绑定。"
AUDIT = "列出操作记录，核对哈希链，显示链头。"
MISSES = "没读懂的问题，问得多的在前；加 --resolve 处理一条，可以同时加别名。"
OUTBOX = "机器人主动发的消息：积压、没送达的、收不到的人；加 --retry 重发一条，--drop 作罢一条。"
ERROR = "查一个错误号：什么时候、什么错、在代码哪里、哪一行收件；不显示消息原文。"
ERROR_NUMBER_NAME = "错误号"
ERROR_NUMBER = "提示里的四位错误号，如 7F3A"
STATUS = "机器人正不正常：积压、搁置、提醒、磁盘、数据库版本；正常时退出码是 0。"
BACKUP = "备份数据库和佐证，机器人不用停，例如 duban backup /备份盘；不含令牌和配置。"
RESTORE = "从备份恢复，先停机器人，例如 duban restore duban-20230301-090000.tar。"
CHECK_PLAN = "检查任务清单文件，一次列出全部错误。"
INDEX = "从方案原文（docx、txt 等）做词语索引，存在任务清单旁边，例如 duban index 原文.docx --plan 任务清单.yaml。"
CHECK_CONFIG = "检查配置文件和环境变量。"
VERSION = "显示版本号"
DEBUG = "出错时显示详情"
HELP = "显示帮助"
OPTIONS = "选项"
ARGUMENTS = "参数"
COMMANDS = "命令"
REQUIRED = "（必填）"

QUESTION_NAME = "问句"
QUESTION = "要问的话"
PLAN_FILE_NAME = "清单"
PLAN_FILE = "清单文件，或随附方案的名称"
DOCUMENT_NAME = "原文"
DOCUMENT = "方案原文的文件"
MESSAGES = "逐行读 JSON 消息，逐行写读到的进展"
ONLY_JSONL = "请加 --jsonl，从标准输入逐行读消息。"
JSONL = "逐行读 JSON 对话，逐行写答案"
PLAN = "方案：随附方案的名称、清单文件、清单目录，或 all"
UNIT = "提问人所在的单位或镇街，用于“我们局”"
WHO = "谁说的：单位（当作它的联络员）或角色（联络员、单位负责人、分管领导、督查室、办公室）；不写是访客"
TODAY = "当作今天的日期，如 2023-03-01"
ROLE = "角色：联络员、单位负责人、单位审签人、分管领导、领导联络员、项目联络人、重点项目中心、督查室、办公室"
INVITE_LIST = "邀请名单（xlsx 或文本）：单位、姓名、身份、范围，一行一人"
INVITE_SLIPS = "按名单邀请的纸条写到哪个文件"
INVITE_UNIT = "单位名称或简称；分管领导可写几次"
INVITE_PROJECT = "项目联络人的项目，可写几次"
INVITE_SECTION = "分管的部分的序号，可写几次"
HEAD = "上次显示的链头，核对它还在链上"
DATABASE = "数据库地址；不写就用配置里的"
ASK_DATABASE = "数据库地址；写了才带进展和现状"
EVERY_MISS = "也列出已处理、不处理的"
MISSES_JSON = "逐行写 JSON"
RESOLVE = "处理这个编号的问题"
ALIAS = "名称=说法，例如 市交通局=交通大楼；从下一句起认得"
OUTBOX_JSON = "写成一个 JSON"
RETRY = "重发这个编号的消息"
DROP = "作罢这个编号的消息，不再发"
STATUS_JSON = "写成一个 JSON"
BACKUP_PLACE_NAME = "位置"
BACKUP_PLACE = "放备份的目录，或以 .tar 结尾的文件；不写就放配置里的 [database] backups"
BACKUP_FILE_NAME = "备份"
BACKUP_FILE = "duban backup 做的备份文件"
REPLACE = "库里已有数据也恢复：先另做一份备份，再整个换掉"
CONFIG = "配置文件，默认 config.toml"
CHANNEL = "聊天页面怎样接机器人：telegram（默认）模拟 Telegram 的服务器，web 不经 Telegram，各存各的数据"
EMPTY = "从空白的办公室开始，没有演示数据，另存在 data/empty 里"

NO_QUESTION = "请写上要问的话，例如：duban ask 市交通局负责哪些任务"
NOT_BOTH = "用了 --jsonl 就从标准输入读，不要再写问句。"
ALIAS_NEEDS_RESOLVE = "--alias 要和 --resolve 一起用，例如：duban misses --resolve 12 --alias 市交通局=交通大楼"
RETRY_OR_DROP = "--retry 和 --drop 一次只能用一个。"
ABORTED = "已中断。"


def usage(command: str, pieces: str) -> str:
    return f"用法：{command} {pieces}"


def bad_usage(command: str, what: str) -> str:
    return f"{what}\n运行 {command} --help 看用法。"


def missing(name: str) -> str:
    return f"缺少{ARGUMENTS} {name}。"


def bad_value(name: str, value: str) -> str:
    return f"{name} 的值不对：{value}"


def no_such_option(name: str) -> str:
    return f"没有 {name} 这个选项。"


def no_such_command(name: str) -> str:
    return f"没有 {name} 这个命令。"


def option_needs_value(name: str) -> str:
    return f"选项 {name} 要带一个值。"


WRONG = "用法不对。"


def bad_date(value: str) -> str:
    return f"“{value[:40]}”不是日期，请写成 2023-03-01 这样。"


def bad_channel(value: str, known: Sequence[str]) -> str:
    return f"--channel 只能写 {'、'.join(known)}，不是“{value[:40]}”。"


def crashed(number: str) -> str:
    return f"系统出错，没能完成。错误号 {number}（运行 duban error {number} 看记录，或加 --debug 再运行一次）"


NOT_CONFIGURED = (
    "没有令牌，机器人不能启动。\n"
    "请在 Telegram 里找 @BotFather 申请，再写进环境变量 DUBAN_TELEGRAM__TOKEN，"
    "或配置文件 [telegram] 的 token 或 token_file。\n"
    "只想试用，请运行 duban playground，不需要令牌。"
)
LEASE_TAKEN = "同一个令牌已有一个程序在运行（本数据库上的另一个 duban run）。请先停掉它。"
CONFLICT = (
    "别处有程序正用同一个令牌收消息（Telegram 连续返回 409 Conflict），本程序已停止。请停掉那一个，或换一个令牌。"
)
REFUSED_BY_TELEGRAM = (
    "Telegram 不认这个令牌（或 [telegram] server 的地址不对），程序已停止。请核对令牌是否抄全、是否已被吊销。"
)
NO_LOG_FILE = "日志文件写不了，请检查 [log] file 的路径、目录权限和磁盘空间。"
REVOKED = (
    "Telegram 不再认这个令牌：启动时还认，运行中被吊销了（在 @BotFather 里撤销或换过令牌）。程序已停止；"
    "没处理完的消息都已存下，换上新令牌再启动，会接着处理。"
)
LEASE_LOST = (
    "另一个 duban run 接过了这个令牌：本程序一度失去租约（数据库连接断过，或租约文件被删换），已停止，"
    "以免两个程序处理同一条消息。只留一个程序就行；如果别处没有在运行，稍等片刻再启动。"
)
DATABASE_TOO_NEW = "数据库是更新版本的程序建的，请升级 duban 后再用。"
NO_DATABASE = "数据库打不开，请检查 [database] url 的地址、目录权限和磁盘空间。"
UNKNOWN_DATABASE = "数据库地址只收两种：sqlite:///文件路径，或 postgresql://用户：口令@主机/库名。"
NOT_LOCAL_DISK = "数据库文件所在的磁盘不支持 WAL（多半是网络共享目录），请放到本机磁盘。"
