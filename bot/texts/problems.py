"""What is wrong with a register or a gazetteer, for the person who edits it: a line a mistake, with what to do."""

from knowledge.entities.duplicate_names import shared_names
from knowledge.plan.gazetteer import Body, Gazetteer, Town
from knowledge.plan.model import Clause, Plan, Task
from knowledge.plan.problems import Code, Problem

_SENTENCES = {
    Code.NO_FILE: "没有找到这个文件、文件夹或内置的任务清单；内置的可写：{accepted}",
    Code.UNREADABLE: "文件读不出来，请检查路径和权限",
    Code.NOT_UTF8: "文字编码不对，请用编辑器另存为 UTF-8",
    Code.TOO_LARGE: "文件有 {detail} 个字符，超过上限 {accepted}，请检查是否选错了文件",
    Code.EMPTY_FILE: "文件是空的，请检查是否选错了文件，或上次没有保存",
    Code.BAD_YAML: "YAML 写法有误，请检查这一行和上一行的缩进、冒号后的空格、引号和括号是否成对",
    Code.NOT_PLAIN: "不能用“{detail}”：这里不支持锚点、引用、类型标记和第二份文档，请直接写出内容",
    Code.TOO_DEEP: "嵌套超过 {detail} 层，请检查缩进和括号",
    Code.DUPLICATE_KEY: "“{detail}”在同一处写了两次，请删去一个",
    Code.UNKNOWN_KEY: "不认识“{detail}”{instead}",
    Code.MISSING_KEY: "缺少这一项，请补上",
    Code.FILLED_IN: "“{detail}”由程序自动填写，请删去这一行",
    Code.NOT_MAPPING: "“{detail}”应写成“名称: 内容”的形式",
    Code.NOT_LIST: "“{detail}”应写成列表，如 [甲, 乙]，或每行一个、以“- ”开头",
    Code.NOT_TEXT: "“{detail}”应为文字；确实没有就把这一项整行删去",
    Code.EMPTY: "不能为空，请填写；可有可无的项没有内容时整行删去",
    Code.BAD_NUMBER: "“{detail}”应为数字，如 700 或 6.7，单位另写在 unit",
    Code.BAD_INTEGER: "“{detail}”应为整数",
    Code.BAD_BOOLEAN: "“{detail}”应为 true（是）或 false（否）",
    Code.BAD_DATE: "“{detail}”应为真实的日期，写成 2023-12-31 的形式",
    Code.BAD_CHOICE: "“{detail}”应为以下之一：{accepted}",
    Code.BAD_VALUE: "“{detail}”不是这里能用的内容",
    Code.HIDDEN: "有看不见的字符（{detail}），请删去，或把这一处重新打一遍",
    Code.OUT_OF_RANGE: "“{detail}”超出范围，应在 {least} 到 {most} 之间，请核对",
    Code.TOO_FINE: "“{detail}”小数位数太多，最多 {accepted} 位，请换一个单位写",
    Code.TOO_LONG: "有 {detail} 个字，最多 {accepted} 个，请检查是否粘贴错了",
    Code.BAD_ID: "编号“{detail}”不对：任务写成 5.1（部分.序号），条款写成 四(一)，不与任务编号同形",
    Code.DUPLICATE: "“{detail}”与前面重复，请删去一个或改名",
    Code.TWIN: "“{detail}”和前面的“{accepted}”读起来是同一个（只差看不见的字符、全半角、空格、大小写、引号或繁简），"
    "请统一写法或改名",
    Code.UNKNOWN_NAME: "“{detail}”在方案中找不到{instead}",
    Code.JOINED: "“{detail}”像是几个单位写在一起，请逐个写成：{accepted}",
    Code.NOT_TOGETHER: "和旁边的 .strings 文件对不上，请用 duban index 从原文重新生成",
    Code.TOO_EARLY: "{detail} 早于方案的成文日期 {accepted}，请核对",
}

_SHOWN = 12


def problem_text(problem: Problem) -> str:
    """One line: the file, the line, the place inside it, what is wrong and what to do."""
    where = problem.file
    if problem.line:
        where += f" 第{problem.line}行"
    if problem.key:
        where += f" {problem.key}"
    accepted = "、".join(problem.accepted[:_SHOWN]) + (" 等" if len(problem.accepted) > _SHOWN else "")
    return f"{where}：" + _SENTENCES[problem.code].format(
        detail=problem.detail or "（空）",
        accepted=accepted,
        least=problem.accepted[0] if problem.accepted else "",
        most=problem.accepted[-1] if problem.accepted else "",
        instead=f"，应为：{accepted}" if accepted else "，请核对名称或删去",
    )


def problems_text(problems: tuple[Problem, ...]) -> str:
    """All mistakes, with their number first."""
    return "\n".join([f"共 {len(problems)} 处需要修改：", *(problem_text(problem) for problem in problems)])


def plan_text(plan: Plan, gazetteer: Gazetteer) -> str:
    """What a register without mistakes holds, for the person who wrote it to compare with the document."""
    units = {unit for task in plan.tasks for unit in task.units}
    parents: tuple[Task | Clause, ...] = (*plan.tasks, *plan.clauses)
    targets = [target for parent in parents for target in parent.targets]
    dated = [target for target in targets if target.deadline]
    actions = sum(len(task.actions) for task in plan.tasks)
    named = sum(len(task.named) for task in plan.tasks)
    bodies: tuple[Body | Town, ...] = (*gazetteer.bodies, *gazetteer.towns)
    names = sum(len(body.names) for body in bodies)
    return (
        f"{plan.name} 没有发现错误：{plan.title}（{plan.number or '无文号'}）\n"
        f"部分 {len(plan.sections)}、任务 {len(plan.tasks)}、条款 {len(plan.clauses)}、责任单位 {len(units)}、"
        f"目标 {len(targets)}（写明期限 {len(dated)}）、举措 {actions}、点名的项目和名称 {named}\n"
        f"名称资料（非方案内容）：机构 {len(gazetteer.bodies)}、镇街 {len(gazetteer.towns)}、别名 {names}、"
        f"须反问的名称 {len(gazetteer.ask_back)}、方案外机构 {len(gazetteer.outsiders)}"
        f"{_shared(plan)}"
    )


def _shared(plan: Plan) -> str:
    """No mistake, but the person who wrote it may not have meant it."""
    shared = shared_names(plan)
    if not shared:
        return ""
    names = "、".join(f"{name}（{'、'.join(ids)}）" for name, ids in list(shared.items())[:_SHOWN])
    more = " 等" if len(shared) > _SHOWN else ""
    return f"\n请留意：{len(shared)} 个名称有几项任务同时用到，单独问时会反问是哪一项：{names}{more}"
