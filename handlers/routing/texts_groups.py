"""What is said in groups."""

from handlers.home.texts_visitor import NAME
from handlers.texts.errors import in_private
from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply
from storage.rich_text import RichText


def joined(username: str, link: str, *, reads_all: bool) -> RichText:
    """On being added; `reads_all` is whether Telegram's privacy switch lets the bot see every message."""
    seen = (
        f"我只回答 @{username}、对我消息的回复和命令，其他聊天不看不存。"
        if reads_all
        else f"本机器人开着隐私模式：命令和对我消息的回复一定收得到；@{username} 有时收不到，"
        f"那时请用 /ask@{username} 加问题。"
    )
    example = f"例如：@{username} 长江大保护谁牵头"
    return bold(f"我是{NAME}，回答公开方案的内容。") + f"\n{seen}\n{example}\n群里只答公开方案；其他{in_private(link)}"


def not_ranked() -> Reply:
    """Nobody is shown up before others; what is behind is for whoever looks after it."""
    return Reply(
        head=bold("不在群里点名、排名。"),
        blocks=("群里只答公开方案；通报不列末位。进度慢的、还没报的，您自己在这里看，再逐家催。",),
        buttons=(
            Button("哪些任务是红灯", "哪些任务是红灯"),
            Button("谁还没报", "谁还没报"),
        ),
    )
