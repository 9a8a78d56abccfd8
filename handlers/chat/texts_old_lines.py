"""The words that stood for codes in the lines of 0.1."""

from handlers.chat.command_words import place

PLACES = (
    place(
        "report",
        {
            "确认": "confirm",
            "改数": "number",
            "改日期": "day",
            "按今天": "today",
            "换一项": "other",
            "换成": "move",
            "加说明": "note",
            "照报": "anyway",
            "跳过": "skip",
            "取消": "cancel",
        },
        before=r"#\d+\.\d+ ",
    ),
    place(
        "report",
        {"页": "page", "任务": "task", "目标": "target", "数": "figure", "成批": "form", "无变化": "same"},
    ),
    place("evidence", {"看": "see"}),
    place("pending", {"认可": "accept", "退回": "return"}),
    place("approve", {"全部": "all"}),
)
