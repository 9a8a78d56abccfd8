"""What is said about the settings, to whoever runs the bot."""

ACCEPTED = {
    "telegram.token": "BotFather 给的令牌，形如 数字：字母",
    "telegram.token_file": "只含令牌一行的文件的路径",
    "telegram.proxy": "代理地址，以 http://、https:// 或 socks5:// 开头",
    "telegram.server": "Bot API 服务器的地址，以 http:// 或 https:// 开头，不带 /bot",
    "database.url": "sqlite:///文件路径，或 postgresql://用户：口令@主机/库名",
    "database.files": "一个目录，如 data/evidence",
    "database.backups": "一个目录，如 data/backups",
    "plan.name": "随附方案的名称、清单文件的路径、放清单的目录，或 all",
    "service.mode": "public 或 internal",
    "service.approval": "批准依据（文号，或批准人和日期）；mode 为 internal 时必填",
    "service.published": "true 或 false",
    "service.filing": "备案编号；空字符串表示还没有",
    "service.telephone": "办公室的电话，如 0713-6222222；空字符串表示不写",
    "service.operator": "维护人员的 Telegram 编号，一个正整数",
    "limits.questions_per_minute": "1 到 600 的整数",
    "remind.at": '时刻，如 "09:00"，不在免打扰时段里',
    "remind.deadline_days": "到期前几天，0 到 366 的整数，不重复，最多 10 个，如 [30, 7, 1, 0]",
    "remind.overdue_weeks": "0 到 52 的整数",
    "remind.monthly_due_day": "1 到 28 的整数",
    "remind.quarterly_due_day": "1 到 28 的整数",
    "remind.opens_days": "1 到 20 的整数",
    "remind.escalate_days": "三个从小到大的工作日数，都大于 0，如 [1, 2, 3]",
    "remind.closes_days": "1 到 20 的整数，不小于 escalate_days 的最后一个",
    "remind.snapshot_days": "0 到 10 的整数",
    "remind.quiet_from": '时刻，如 "20:00"',
    "remind.quiet_to": '时刻，如 "08:00"，与 quiet_from 不同，并且 at 不在两者之间',
    "remind.urgent_per_day": "0 到 10 的整数",
    "assistant.url": "大模型接口的地址，以 http:// 或 https:// 开头，到 /v1 为止；空字符串表示不用",
    "assistant.model": "接口上的模型名称",
    "assistant.key": "接口的密钥",
    "assistant.approval": "依据：接口由谁提供、按什么文件；写了 url 时必填",
    "log.level": "debug、info、warning、error 之一",
    "log.format": "text 或 json",
    "log.file": "日志文件的路径，如 data/duban.log；空字符串表示不写文件",
    "health.port": "0 到 65535 的整数，0 是不开",
}
"""What each key takes."""


def in_file(file: str) -> str:
    return f"文件 {file}"


def in_variable(variable: str) -> str:
    return f"环境变量 {variable}"


def no_file(file: str) -> str:
    return f"找不到配置文件 {file}。可把 config.example.toml 复制成它，再按需修改。"


def unreadable(file: str, reason: str) -> str:
    return f"读不了配置文件 {file}（{reason}）。请检查路径和权限。"


def not_utf8(file: str) -> str:
    return f"配置文件 {file} 不是 UTF-8 编码。请另存为 UTF-8。"


def not_toml(file: str, line: str, column: str) -> str:
    return f"配置文件 {file} 第 {line} 行第 {column} 列写法有误。字符串要加引号，每行一个 键 = 值。"


def stray_variable(variable: str, sections: tuple[str, ...]) -> str:
    return f"环境变量 {variable} 不对应任何键。写法是 DUBAN_节__键（两个下划线），节有：{'、'.join(sections)}。"


def unknown_section(where: str, section: str, sections: tuple[str, ...]) -> str:
    return f"{where}：没有 [{section}] 这一节。可用的节：{'、'.join(sections)}。"


def not_a_section(where: str, section: str, keys: tuple[str, ...]) -> str:
    return f"{where}：{section} 是一节，要写成 [{section}]，下面写它的键：{'、'.join(keys)}。"


def unknown_key(where: str, section: str, key: str, keys: tuple[str, ...]) -> str:
    return f"{where}：[{section}] 没有 {key} 这个键。可用的键：{'、'.join(keys)}。"


def bad_value(where: str, section: str, key: str, value: str | None) -> str:
    """`value` is None where it must not be shown."""
    shown = "" if value is None else f"“{value[:80]}”"
    return f"{where}：[{section}] {key} 的值{shown}不对。应为：{ACCEPTED[f'{section}.{key}']}。"


def bad_token_file(file: str) -> str:
    return f"[telegram] token_file 指的 {file} 读不了，或里面不是令牌。应为：{ACCEPTED['telegram.token_file']}。"


def problems(sentences: tuple[str, ...]) -> str:
    return "\n".join((f"配置有 {len(sentences)} 处要改：", *(f"  {sentence}" for sentence in sentences)))


def fine(file: str) -> str:
    return f"配置没有问题（{file}）。"


def no_config_file() -> str:
    return "没有配置文件，按默认值和环境变量运行"
