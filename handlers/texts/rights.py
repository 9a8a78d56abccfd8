"""Roles, actions and refusals in words, and the table of docs/rights.md."""

from collections.abc import Iterable

from handlers.access.policy import ALWAYS, PUBLIC, RULES, Action, Reach, Refusal, RefusalReason
from handlers.texts.errors import in_private
from storage.people import Role

ROLES = {
    Role.LIAISON: "联络员",
    Role.HEAD: "单位负责人",
    Role.LEADER: "分管领导",
    Role.SUPERVISOR: "督查室",
    Role.OFFICE: "办公室",
    Role.SIGNER: "单位审签人",
    Role.PROJECTS: "重点项目中心",
    Role.CONTACT: "项目联络人",
    Role.AIDE: "领导联络员",
}

ACTIONS = {
    Action.ASK_PLAN: "问公开方案",
    Action.SEE_PUBLISHED: "看已发布的现状",
    Action.JOIN: "用邀请链接绑定身份",
    Action.SUGGEST: "给办公室提意见建议",
    Action.SEE_PROGRESS: "看进展和现状",
    Action.SEE_HISTORY: "看填报历史",
    Action.SEE_EVIDENCE: "看佐证",
    Action.REPORT: "填报本单位负责的进展",
    Action.REPORT_FOR_OTHER: "填报不归本单位负责的进展",
    Action.RECORD_ON_BEHALF: "代单位录进展（代录）",
    Action.ACCEPT: "认可其他单位代报的进展",
    Action.CORRECT: "更正进展",
    Action.WITHDRAW: "撤回进展",
    Action.RETURN: "退回进展",
    Action.CHECK: "核实进展",
    Action.APPROVE: "单位审签",
    Action.RAISE_PROBLEM: "提困难问题",
    Action.SETTLE_PROBLEM: "困难问题销号",
    Action.EXCUSE: "登记客观原因认定",
    Action.COMMENT: "批注",
    Action.EDIT_CARD: "修改指标卡",
    Action.MARK_UNIT: "标记单位是否列督办对象",
    Action.SEE_GAPS: "看责任缺口清单",
    Action.EXPORT: "导出台账",
    Action.BRIEF: "要会前一页纸",
    Action.NUDGE: "催办",
    Action.PUBLISH: "起草、发布月度进展情况和通报",
    Action.CHECK_FACTS: "核对月度进展情况、通报里本单位的事实",
    Action.ANSWER_OWNERSHIP: "代表单位认领主责、答复主责征求意见",
    Action.REGISTER_SIGNATURE: "登记核稿和线下审定",
    Action.NAME_SIGNER: "定单位审签人",
    Action.MARK_PERSON: "标记兼任市领导的负责人",
    Action.URGE_PROJECT: "催项目进展",
    Action.ANNOUNCE: "发通知",
    Action.SEE_RECEIPTS: "看谁收到、谁没收到",
    Action.SUBSCRIBE: "设置自己的提醒",
    Action.SET_RHYTHM: "设置期限、规则和日历",
    Action.SEE_OUTBOX: "看发送情况",
    Action.SEE_LEDGER: "看减负账本",
    Action.SEE_PEOPLE: "看单位和联系人",
    Action.SET_CONTACT: "修改个人信息",
    Action.AWAY: "登记请假和代办人",
    Action.HAND_OVER: "移交角色",
    Action.FORGET: "注销个人信息",
    Action.INVITE: "邀请人员",
    Action.REMOVE: "看人员名单、移除人员",
    Action.LOCK: "锁定和解锁账号",
    Action.SEE_AUDIT: "看操作记录",
    Action.RESOLVE_MISSES: "处理没读懂的问题和加别名",
    Action.SEE_SUGGESTIONS: "看意见建议",
}

_CELLS = {Reach.PLAN: "全方案", Reach.SCOPE: "范围内", Reach.PROJECTS: "项目", Reach.OWN: "本人"}
_SCOPED = {Role.LIAISON: "本单位联络员", Role.HEAD: "本单位负责人", Role.LEADER: "分管领导"}
_NOT_BOUND = "您还没有绑定身份，请向办公室要邀请链接。"


def refused(refusal: Refusal, link: str) -> str:
    """One sentence: why not, and who can; `link` leads to a private chat with the bot."""
    match refusal.why:
        case RefusalReason.NOT_OPEN:
            return "本服务目前只回答公开方案的问题，内部功能由办公室报批后在配置中开通。"
        case RefusalReason.NOT_PUBLISHED:
            return "进展情况没有对外发布，只有已绑定的人员能看。"
        case RefusalReason.IN_A_GROUP:
            return f"群里只答公开方案，这件事{in_private(link)}"
        case RefusalReason.LOCKED:
            return "您的账号已锁定，只能问公开方案；解锁请联系办公室。"
        case RefusalReason.NOT_BOUND:
            return f"{_only(refusal.action)}；{_NOT_BOUND}"
        case RefusalReason.OUT_OF_SCOPE:
            return f"{_only(refusal.action)}，这一项不在您的范围内。"
        case RefusalReason.NOT_THE_ROLE:
            return f"{_only(refusal.action)}，您目前没有这个角色。"


def _only(action: Action) -> str:
    """只有办公室可以处理没读懂的问题和加别名."""
    return f"只有{who(action)}可以{ACTIONS[action]}"


def who(action: Action) -> str:
    """Those who may, as 本单位联络员、本单位负责人或办公室."""
    rules = RULES[action]
    if set(rules.values()) == {Reach.PLAN} and set(rules) == set(Role):
        return "已绑定的人员"
    names = ["本人"] if Reach.OWN in rules.values() else []
    for role, reach in rules.items():
        if reach is not Reach.OWN:
            names.append(_SCOPED.get(role, ROLES[role]) if reach is Reach.SCOPE else ROLES[role])
    return "、".join(names[:-1]) + ("或" if names[:-1] else "") + names[-1]


_GENERATED = (
    "本页由 `handlers/access/policy.py` 的规则生成，不要手改：`python -m bot.commands.list_rights > docs/rights.md`。"
)

_PROMISES = (
    (
        "一个人可以有几个角色，每个角色有范围：某方案的某单位、某部分、某项目，或整个方案。",
        ("storage/test_people.py::test_a_person_may_hold_several_roles_and_a_unit_have_several_liaisons",),
    ),
    (
        "全方案：角色所在的方案内都可以。范围内：只限角色的单位、部分、项目（角色管整个方案的，即全方案）。项目：只限方案点名的项目。",
        ("handlers/test_rights.py::test_every_role_in_every_scope_may_what_the_table_says",),
    ),
    (
        "本人：只限自己的、自己填的。—：不可以。",
        (
            "handlers/test_rights.py::test_every_role_in_every_scope_may_what_the_table_says",
            "end_to_end/test_report_chat.py::test_an_author_withdraws_within_a_day_and_nobody_else_may",
        ),
    ),
    (
        "代办人在请假期间有请假人的角色，但只限同一单位的，或自己本来就有的角色。",
        (
            "storage/test_people.py::test_a_stand_in_has_the_role_for_those_days_only",
            "storage/test_people.py::test_a_stand_in_never_gains_a_role_of_another_unit_or_kind",
        ),
    ),
    (
        "每个命令、每次点按钮都在生效的同一事务里按当时的角色检查；按钮是以前发出的、转发来的也一样。",
        (
            "storage/test_people.py::test_rights_follow_the_person_as_they_are_now",
            "storage/test_people.py::test_a_report_and_a_removal_at_the_same_moment_follow_one_another",
            "end_to_end/test_people_chat.py::test_a_lost_account_is_locked_at_once_and_old_buttons_with_it",
            "end_to_end/test_rights_chat.py::test_a_button_that_was_forwarded_does_nothing_for_who_may_not",
        ),
    ),
    (
        "群里、未绑定的、已锁定的，都只当访客；`[service] mode` 不是 `internal` 时，人人都只当访客。",
        (
            "handlers/test_rights.py::test_nobody_gets_in_while_locked_or_in_a_group_or_before_the_service_is_internal",
            "end_to_end/test_rights_chat.py::test_a_command_answers_exactly_the_roles_that_may",
            "end_to_end/test_people_chat.py::test_in_public_mode_nobody_does_anything_internal",
        ),
    ),
    (
        f"{'、'.join(ACTIONS[one] for one in ALWAYS)}（自己的）不受 mode 限制。",
        (
            (
                "handlers/test_rights.py::"
                "test_one_may_be_forgotten_while_the_service_is_public_but_not_from_a_lost_account_or_in_a_group"
            ),
        ),
    ),
    (
        "访客看已发布的现状，要在配置中打开 `[service] published`。",
        ("handlers/test_rights.py::test_visitors_see_published_standings_only_where_that_is_configured",),
    ),
)
"""What the page promises besides its table, each with the tests that hold it to it."""
_TRIED = (
    "handlers/test_rights.py::test_every_role_in_every_scope_may_what_the_table_says",
    "end_to_end/test_rights_chat.py::test_a_command_answers_exactly_the_roles_that_may",
)


def _listed(tests: Iterable[str]) -> str:
    return "、".join(f"`tests/{test}`" for test in tests)


def table() -> str:
    """docs/rights.md."""
    rows = [
        "# 谁可以做什么",
        "",
        _GENERATED,
        "",
        *(f"- {promise}[^{number}]" for number, (promise, _) in enumerate(_PROMISES, start=1)),
        "",
        f"下表每一格都有测试。[^{len(_PROMISES) + 1}]",
        "",
        f"| 做什么 | 代码 | {' | '.join(ROLES.values())} | 访客 |",
        f"| --- | --- | {' | '.join('---' for _ in ROLES)} | --- |",
    ]
    for action, what in ACTIONS.items():
        if action in PUBLIC:
            cells = ["可以"] * (len(ROLES) + 1)
        else:
            cells = [_CELLS[reach] if (reach := RULES[action].get(role)) else "—" for role in ROLES] + ["—"]
        rows.append(f"| {what} | `{action}` | {' | '.join(cells)} |")
    tests = [*(tests for _, tests in _PROMISES), _TRIED]
    rows += ["", *(f"[^{number}]: {_listed(these)}" for number, these in enumerate(tests, start=1))]
    return "\n".join(rows) + "\n"
