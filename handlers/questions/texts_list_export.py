"""What is said instead of a file of the ledger."""

from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply


def where_lists_are() -> Reply:
    return Reply(
        head=bold("现在还不能导出台账文件，台账里的内容在这里看："),
        blocks=("月度进展情况的附表列出所有有数的目标，可以转发；其余点下面的按钮看。",),
        buttons=(
            Button("全方案进展", "方案的进展"),
            Button("谁没报", "谁还没报"),
            Button("困难问题", "/problems"),
            Button("没定主责的", "/gaps"),
            Button("月度情况", "/bulletin"),
        ),
    )
