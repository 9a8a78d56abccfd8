"""The words that stood for codes in the lines of 0.1."""

from handlers.chat.command_words import place

_MEMBER = r"人员\d+"
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
    place("me", {"姓名": "name", "电话": "phone", "手机": "mobile"}),
    place("away", {"销假": "back"}, before=rf"(?:{_MEMBER} )?"),
    place("handover remove forget", {"确认": "confirm"}, before=f"{_MEMBER} "),
    place(
        "invite",
        {
            "联络员": "liaison",
            "单位负责人": "head",
            "分管领导": "leader",
            "督查室": "supervisor",
            "办公室": "office",
        },
    ),
    place("invite", {"整个方案": "all"}, before="leader "),
    place(
        "bulletin",
        {
            "发布": "release",
            "标题": "title",
            "补充": "remark",
            "不发": "drop",
            "恢复": "restore",
        },
        before=r"\d+ ",
    ),
    place("bulletin", {"确认": "confirm"}, before=r"\d+ release "),
    place(
        "announce",
        {
            "所有人": "everybody",
            "单位": "units",
            "部分": "section",
            "不发": "drop",
            "撤回": "recall",
        },
        before=r"#\d+ ",
    ),
    place("announce", {"全部人员": "all", "只发联络员": "liaisons"}, before=r"#\d+ \S+ "),
    place("announce", {"发送": "send", "确认": "confirm"}, before=r"#\d+ (?:\S+ (?:all|liaisons)|recall) "),
    place("outbox", {"处理": "cases", "收不到": "people"}),
    place("outbox", {"重发": "again", "作罢": "drop", "下一条": "next"}, before=r"\d+ "),
    place("dislike", {"跳过": "skip"}, before=r"\d+ "),
    place("brief", {"红灯": "red", "卡住": "stuck", "待决": "raised"}, before=r"(?:.* )?"),
)
