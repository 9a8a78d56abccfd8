"""👍 and 👎 under an answer."""

from handlers.questions.codes import SKIP
from handlers.texts.marks import bold
from handlers.texts.reply import Button, Reply

THANKS = "谢谢"
ALREADY = "已记下"


def what_is_wrong(command: str) -> Reply:
    return Reply(
        head=bold("已记下，办公室会看到这个问题（不记是谁问的）。"),
        blocks=("哪里不对？可以发一句话，例如：应由市交通局牵头。不想写，点“跳过”。",),
        buttons=(Button("跳过", f"{command} {SKIP}"),),
    )


def noted(sentence: str) -> Reply:
    """`sentence` may have been a new question after all: one tap asks it."""
    question = () if sentence.startswith("/") else (Button("这是提问，请回答", sentence),)
    return Reply(head=bold("谢谢，已转给办公室。"), buttons=question)


SKIPPED = Reply(head=bold("好的，没有附言。"))
NOT_KEPT = Reply(
    head=bold("谢谢指出。这句话里有不宜保存的内容，没有记录。"), blocks=("请打电话向领导小组办公室反映。",)
)
