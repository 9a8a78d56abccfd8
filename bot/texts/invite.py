"""What `duban invite` prints."""

from collections.abc import Sequence

from handlers.people.texts import grants
from handlers.texts.rights import ROLES
from storage.people import Grant

STILL_PUBLIC = "注意：[service] mode 现在是 public，邀请要等改为 internal、写明批准依据并重启后才能使用。"
NEEDS_A_UNIT = (
    "联络员、单位负责人、单位审签人和项目联络人要用 --unit 写明一个单位，"
    "例如：duban invite --role 联络员 --unit 市科经局"
)

NEEDS_A_PROJECT = (
    "项目联络人（只有这个角色）要用 --project 写明项目，例如：--role 项目联络人 --project 四园两基地 --unit 市科经局"
)


def made(held: Sequence[Grant], code: str, *, username: str | None, days: int) -> str:
    """Without the bot's name there is no link, only what to send to the bot."""
    ways = [f"https://t.me/{username}?start={code}"] if username else []
    return "\n".join(
        (
            f"邀请：{grants(held)}",
            *ways,
            f"{'或' if ways else ''}私聊机器人发送：/start {code}",
            f"只能用一次，{days} 天内有效，只显示这一次；请单独发给本人。",
        )
    )


def link(username: str | None, code: str) -> str:
    """Without the bot's name there is none."""
    return f"https://t.me/{username}?start={code}" if username else "（没有机器人的名字，请按下一行）"


def listed(good: int, rows: int, printed: str, days: int) -> str:
    left = f"，{rows - good} 行没有" if rows > good else ""
    return f"已生成 {good} 张邀请{left}，{days} 天内有效；纸条在 {printed}，打印以后请删掉这个文件。"


def nobody_listed(rows: int, most: int) -> str:
    if rows > most:
        return f"名单有 {rows} 行，一次最多 {most} 行，请分开。"
    return "名单里没有可以邀请的人。第一行写：单位、姓名、身份、范围；一行一人。"


def unreadable(file: str, reason: str) -> str:
    return f"读不了名单 {file}（{reason}）。"


def no_list(file: str) -> str:
    return f"{file} 不是 xlsx，也不是 UTF-8 文本。请用机器人发的邀请名单空表填写，另存为 xlsx。"


def not_written(file: str, reason: str) -> str:
    return f"写不了纸条 {file}（{reason}），没有生成邀请。已有的文件不覆盖，请换一个 --slips。"


def no_such_role(said: str) -> str:
    named = "、".join(f"{role}（{name}）" for role, name in ROLES.items())
    return f"没有“{said[:30]}”这个角色。可用的：{named}。"


def no_such_project(said: str, near: Sequence[str]) -> str:
    return f"方案没有点名项目“{said[:30]}”。" + (f"相近的：{'、'.join(near)}" if near else "请用方案里的项目名称。")


def no_such_section(number: int) -> str:
    return f"方案没有第 {number} 部分。"


def no_such_unit(said: str, near: Sequence[str]) -> str:
    return f"没有找到单位“{said[:30]}”。" + (f"是不是：{'、'.join(near)}" if near else "请用方案里的名称或简称。")
