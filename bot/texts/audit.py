"""The audit, as `duban audit` prints it."""

import json
from datetime import datetime

from storage.audit import CONSOLE, SYSTEM, VISITOR, AuditEntry, Checked, Head

ACTIONS = {
    "invite": "发出邀请",
    "join": "绑定身份",
    "revoke": "撤销邀请",
    "set_contact": "修改个人信息",
    "away": "登记请假",
    "back": "销假",
    "lock": "锁定账号",
    "unlock": "解锁账号",
    "remove": "移除人员",
    "forget": "注销个人信息",
    "report": "填报",
    "withdraw": "撤回填报",
    "return": "退回填报",
    "accept": "认可代报",
    "check": "核实填报",
    "uncheck": "撤销核实",
    "approve": "单位审签",
    "see_evidence": "看佐证",
    "set_card": "修改指标卡",
    "set_supervision": "标记督办对象",
    "name_signer": "定单位审签人",
    "mark_person": "标记兼任市领导",
    "urge_project": "催项目进展",
    "set_period": "设定方案期",
    "set_meeting": "定调度会",
    "cancel_meeting": "取消调度会",
    "set_days": "设定放假和上班",
    "set_rule": "修改提醒规则",
    "refuse": "拒收消息",
    "seed": "演练初始化",
    "alias": "添加别名",
    "alias_end": "撤销别名",
    "send_again": "重发没送达的消息",
    "give_up": "作罢没送达的消息",
    "miss_resolved": "处理没读懂的问题",
    "miss_ignored": "不处理没读懂的问题",
}
"""Actions without a name here are shown by their code."""
_ACTORS = {CONSOLE: "命令行", VISITOR: "访客", SYSTEM: "系统"}
_SUBJECTS = {
    "member": "人员",
    "invitation": "邀请",
    "alias": "别名",
    "miss": "问题",
    "report": "填报",
    "target": "目标 ",
    "unit": "单位 ",
    "rule": "规则 ",
    "message": "消息",
    "days": "自 ",
    "plan": "方案 ",
    "meeting": "调度会",
    "outbox": "待发 ",
}

BAD_HEAD = "--head 要写成上次打印的链头：序号:64 位十六进制。"


def line(entry: AuditEntry, local: datetime) -> str:
    detail = json.dumps(entry.detail, ensure_ascii=False) if entry.detail else ""
    actor = _ACTORS.get(entry.actor, entry.actor.replace("member:", "人员"))
    kind, _, key = entry.subject.partition(":")
    subject = _SUBJECTS.get(kind, f"{kind}:") + key
    action = ACTIONS.get(entry.action, entry.action)
    return f"{entry.number}  {local:%Y-%m-%d %H:%M:%S}  {actor}  {action}  {subject}  {detail}".rstrip()


def whole(head: Head) -> str:
    return f"共 {head.number} 条，链完整。\n链头 {head.number}:{head.hash}（请另处保存，下次用 --head 核对）"


def broken(checked: Checked) -> str:
    return f"链不完整：从第 {checked.broken} 条起与链不符，记录被改动、删除或调换过。库内链头 {checked.head.number}。"
