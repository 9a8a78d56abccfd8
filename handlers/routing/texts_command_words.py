"""What people type for the codes of commands: one table, by command and place."""

from handlers.broadcast.codes import OWN, AnnouncementVerb, BulletinVerb, FactVerb, OutboxVerb
from handlers.chat.command_words import place
from handlers.home.codes import HomeVerb, MoreGroup
from handlers.office.codes import (
    EMPTY,
    MORE,
    Field,
    HolidayVerb,
    MeetingVerb,
    MissVerb,
    OpinionVerb,
    OwnerVerb,
    PeriodVerb,
    RuleVerb,
    SuggestionVerb,
    SupervisionVerb,
)
from handlers.office.texts_cards import CHOICES, EMPTY_NAME, MORE_NAME
from handlers.office.texts_cards import NAMES as CARD_FIELDS
from handlers.people.codes import DELETE, WHOLE_PLAN, ContactField, MarkVerb, PersonVerb, RosterVerb
from handlers.people.people import MEMBER
from handlers.progress.codes import BriefList
from handlers.questions.codes import SKIP
from handlers.reminders.codes import PAGE, PersonalVerb, PreferenceVerb, PressVerb, SnoozeTime
from handlers.reports.codes import BehalfVerb, CardVerb, RecordVerb, Step
from handlers.texts.reminder_rules import GROUP_NAMES, GROUPS, NAMES
from knowledge.plan.model import OwnerOpinion
from knowledge.reports.model import AnswerSource
from knowledge.standing.bulletin import BulletinKind
from storage.people import Role

CARD = {
    "确认": CardVerb.CONFIRM,
    "全部确认": CardVerb.ALL,
    "逐项看": CardVerb.EACH,
    "改数": CardVerb.NUMBER,
    "改日期": CardVerb.DAY,
    "换一项": CardVerb.OTHER,
    "加说明": CardVerb.NOTE,
    "取消": CardVerb.CANCEL,
}
"""Typed alone, they are for the card that is open."""
LINES = {
    "报进展": "/report",
    "我要报进展": "/report",
    "填报": "/report",
    "我要填报": "/report",
    "填报进展": "/report",
    "报进度": "/report",
    "我要报进度": "/report",
    "成批填报": f"/report {Step.FORM}",
    "批量填报": f"/report {Step.FORM}",
    "本月要报的": f"/report {Step.FORM}",
    "本月要报的几项": f"/report {Step.FORM}",
    "本月要报的表": f"/report {Step.FORM}",
    "审签": "/approve",
    "我要审签": "/approve",
    "等我审签的": "/approve",
    "待我审签的": "/approve",
    "待审签的": "/approve",
    "等我审定的": "/bulletin",
    "待我审定的": "/bulletin",
    "待审定的": "/bulletin",
    "撤回": "/withdraw",
    "我要撤回": "/withdraw",
}
"""What is typed in a command's stead."""
_RULES = {name: key for key, name in NAMES.items()}
PLACES = (
    place("report", CARD, codes=CardVerb, before=r"#\d+\.\d+ "),
    place("report", {"成批": Step.FORM, "无变化": Step.SAME}, codes=Step),
    place("behalf", {"都无变化": BehalfVerb.SAME}, codes=BehalfVerb, before=r"[\u4e00-\u9fff]+ ", end="$"),
    place("behalf", {}, codes=BehalfVerb),
    place("mine", {"退回的": RecordVerb.RETURN}, codes=[RecordVerb.RETURN]),
    place("home", {}, codes=[*HomeVerb, *Role]),
    place("more", {}, codes=MoreGroup),
    place("evidence", {"看": RecordVerb.SEE}, codes=RecordVerb),
    place("pending", {"认可": RecordVerb.ACCEPT, "退回": RecordVerb.RETURN}, codes=RecordVerb),
    place(
        "problems excuse",
        {},
        codes=RecordVerb,
        before=r"\d+ ",
    ),
    place("approve", {"全部": RecordVerb.ALL}, codes=RecordVerb),
    place(
        "me",
        {"姓名": ContactField.NAME, "电话": ContactField.PHONE, "手机": ContactField.MOBILE},
        codes=ContactField,
    ),
    place("me", {"删除": DELETE}, before="(?:phone|mobile) ", end="$"),
    place("away", {"销假": PersonVerb.BACK}, codes=PersonVerb, before=f"(?:{MEMBER} )?"),
    place("handover remove forget", {"确认": PersonVerb.CONFIRM}, codes=PersonVerb, before=f"{MEMBER} "),
    place(
        "invite",
        {
            "联络员": Role.LIAISON,
            "单位负责人": Role.HEAD,
            "分管领导": Role.LEADER,
            "督查室": Role.SUPERVISOR,
            "办公室": Role.OFFICE,
            "单位审签人": Role.SIGNER,
            "重点项目中心": Role.PROJECTS,
            "项目联络人": Role.CONTACT,
            "领导联络员": Role.AIDE,
        },
        codes=Role,
    ),
    place("roster", {}, codes=RosterVerb),
    place("invite", {"整个方案": WHOLE_PLAN}, before="(?:leader|aide) "),
    place(
        "bulletin",
        {
            "发布": BulletinVerb.RELEASE,
            "标题": BulletinVerb.TITLE,
            "补充": BulletinVerb.REMARK,
            "不发": BulletinVerb.DROP,
            "恢复": BulletinVerb.RESTORE,
            "全文": BulletinVerb.TEXT,
            "附表": BulletinVerb.ANNEX,
            "更多": BulletinVerb.MORE,
            "送核对": BulletinVerb.CHECK,
            "核对情况": BulletinVerb.CHECKS,
            "核稿": BulletinVerb.REVIEW,
            "审定": BulletinVerb.SIGN,
            "审签": BulletinVerb.SIGN,
            "撤回": BulletinVerb.UNDO,
            "重新起草": BulletinVerb.REDRAFT,
            "旧稿": BulletinVerb.OLD,
        },
        codes=BulletinVerb,
        before=r"\d+ ",
    ),
    place("bulletin", {"确认": BulletinVerb.CONFIRM}, before=r"\d+ (?:release|check|redraft|undo|review|sign) "),
    place("signer", {"不定": MarkVerb.NONE}, codes=(MarkVerb.NONE,), before=r"\S+ "),
    place(
        "cityleader", {"是": MarkVerb.ON, "否": MarkVerb.OFF}, codes=(MarkVerb.ON, MarkVerb.OFF), before=f"{MEMBER} "
    ),
    place("bulletin", {"起草": BulletinVerb.DRAFT}, codes=[BulletinVerb.DRAFT]),
    place(
        "bulletin",
        {
            "月度": BulletinKind.MONTHLY,
            "季度": BulletinKind.QUARTERLY,
            "通报": BulletinKind.QUARTERLY,
            "半年": BulletinKind.HALF_YEAR,
            "年度": BulletinKind.ANNUAL,
        },
        codes=BulletinKind,
        before="draft ",
    ),
    place("bulletin", {"确认": BulletinVerb.CONFIRM}, before=r"draft \S+ \S+ "),
    place("facts", {}, codes=FactVerb, before=r"\d+ "),
    place("facts", {}, codes=(OWN, *AnswerSource), before=r"\d+ (?:right|differs|send) "),
    place("bulletin", {"删除": BulletinVerb.DELETE}, before=r"\d+ remark ", end="$"),
    place(
        "announce",
        {
            "所有人": AnnouncementVerb.EVERYBODY,
            "单位": AnnouncementVerb.UNITS,
            "部分": AnnouncementVerb.SECTION,
            "不发": AnnouncementVerb.DROP,
            "撤回": AnnouncementVerb.RECALL,
        },
        codes=AnnouncementVerb,
        before=r"#\d+ ",
    ),
    place(
        "announce",
        {
            "全部人员": AnnouncementVerb.ALL,
            "只发联络员": AnnouncementVerb.LIAISONS,
            "确认": AnnouncementVerb.CONFIRM,
        },
        codes=AnnouncementVerb,
        before=r"#\d+ (?:everybody|(?:units|section):\S+|recall) ",
    ),
    place("announce", {"发送": AnnouncementVerb.SEND}, codes=AnnouncementVerb, before=r"#\d+ \S+ (?:all|liaisons) "),
    place("outbox", {"处理": OutboxVerb.CASES, "收不到": OutboxVerb.PEOPLE}, codes=OutboxVerb),
    place(
        "outbox",
        {"重发": OutboxVerb.AGAIN, "作罢": OutboxVerb.DROP, "下一条": OutboxVerb.NEXT},
        codes=OutboxVerb,
        before=r"\d+ ",
    ),
    place("supervision", {"列入": SupervisionVerb.ON, "不列": SupervisionVerb.OFF}, codes=SupervisionVerb),
    place("supervision", {"确认": SupervisionVerb.CONFIRM}, before=r"(?:on|off) \S+ ", end="$"),
    place("misses", {"已加": MissVerb.NAMES}, codes=MissVerb),
    place(
        "misses",
        {"别名": MissVerb.NAME, "不处理": MissVerb.IGNORE, "下一条": MissVerb.NEXT},
        codes=MissVerb,
        before=r"\d+ ",
    ),
    place("suggestions", {"办了": SuggestionVerb.DONE}, codes=SuggestionVerb, before=r"\d+ "),
    place(
        "holidays",
        {
            "设置": HolidayVerb.SET,
            "确认": HolidayVerb.CONFIRM,
            "撤销": HolidayVerb.UNDO,
            "不改了": HolidayVerb.CANCEL,
        },
        codes=HolidayVerb,
    ),
    place(
        "period",
        {
            "设置": PeriodVerb.SET,
            "确认": PeriodVerb.CONFIRM,
            "撤销": PeriodVerb.UNDO,
            "不改了": PeriodVerb.KEEP,
            "清除": PeriodVerb.CLEAR,
        },
        codes=PeriodVerb,
    ),
    place("period", {"清除": PeriodVerb.CLEAR}, before="(?:confirm|undo) "),
    place("period", {"清除": PeriodVerb.CLEAR}, before=r"undo \S+ "),
    place(
        "meeting",
        {
            "设置": MeetingVerb.SET,
            "确认": MeetingVerb.CONFIRM,
            "撤销": MeetingVerb.UNDO,
            "不改了": MeetingVerb.KEEP,
            "取消": MeetingVerb.CANCEL,
            "恢复": MeetingVerb.HOLD,
        },
        codes=MeetingVerb,
    ),
    place("card", {**{name: field for field, name in CARD_FIELDS.items()}, MORE_NAME: MORE}, before=r"\S.*? "),
    place("card", {EMPTY_NAME: EMPTY}, before=rf"\S.*? (?:{'|'.join(Field)}) ", end="$"),
    *(
        place("card", {name: code for code, name in choices.items()}, before=rf"\S.*? {field} ", end="$")
        for field, choices in CHOICES.items()
    ),
    place(
        "owners",
        {
            "提主责": OwnerVerb.PROPOSE,
            "征求意见": OwnerVerb.SEND,
            "清单": OwnerVerb.LIST,
            "确认表": OwnerVerb.TABLE,
            "依据": OwnerVerb.PAPER,
        },
        codes=OwnerVerb,
    ),
    place("ownership", {}, codes=(*OpinionVerb, *OwnerOpinion), before=r"\S+ "),
    place("rules preview", _RULES, end=""),
    place("rules", {name: code for code, name in GROUP_NAMES.items()}, codes=(*GROUPS, *NAMES)),
    place("preview", {}, codes=NAMES),
    place("rules", _RULES, before=r"\S+ ", end=""),
    place(
        "rules",
        {
            "改": RuleVerb.CHANGE,
            "开": RuleVerb.ON,
            "关": RuleVerb.OFF,
            "默认": RuleVerb.DEFAULT,
            "确认": RuleVerb.CONFIRM,
        },
        codes=(*RuleVerb, *NAMES),
        before=r"\S+ ",
    ),
    place(
        "rules",
        {"开": RuleVerb.ON, "关": RuleVerb.OFF, "默认": RuleVerb.DEFAULT},
        codes=RuleVerb,
        before=rf"\S+ (?:confirm|{'|'.join(NAMES)}) ",
    ),
    place(
        "remind",
        {
            "天数": PreferenceVerb.DAYS,
            "提前几天": PreferenceVerb.DAYS,
            "逐条": PreferenceVerb.SINGLE,
            "合并": PreferenceVerb.JOINED,
            "免打扰": PreferenceVerb.QUIET,
            "暂停": PreferenceVerb.MUTE,
            "恢复": PreferenceVerb.LIFT,
        },
        codes=PreferenceVerb,
    ),
    place(
        "remind",
        {"开": PreferenceVerb.ON, "关": PreferenceVerb.OFF, "页": PreferenceVerb.PAGE},
        codes=PreferenceVerb,
        before="days ",
    ),
    place("remind", {"按规则": PreferenceVerb.AS_RULE}, codes=PreferenceVerb, before="quiet "),
    place("reminders", {"取消": PersonalVerb.CANCEL}, codes=PersonalVerb),
    place("urge", {"确认": PressVerb.CONFIRM, "取消": PressVerb.KEEP}, before=r"\S+ ", end="$"),
    place("urgeproject", {}, codes=[PressVerb.CONFIRM], before=r"\S.* ", end="$"),
    place("fill", {}, codes=[PAGE], before=r"\d+ "),
    place("later", {}, codes=SnoozeTime, before=r"\d+ "),
    place("dislike", {"跳过": SKIP}, before=r"\d+ ", end="$"),
    place(
        "brief",
        {"红灯": BriefList.RED, "堵点": BriefList.STUCK, "卡住": BriefList.STUCK, "待决": BriefList.RAISED},
        before=r"(?:.* )?",
        end="$",
    ),
)
