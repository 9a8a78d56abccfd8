"""How far a work is, by the words that say so. Text is one cleaned clause, dates blanked out."""

import re

from knowledge.updates.sign import sign
from knowledge.updates.values import State

_NOT = r"""(?: 还没有? | 尚未 | 仍未 | 没有 | 没能 | 没 | 未能 | 未曾 | 未 | 暂未 | 还未 | 不能 | 无法 | 并未 | 不 )
    (?: 完全 | 全部 | 全面 | 正式 | 如期 | 按期 | 实质性 | 真正 )*"""
_START = r"""(?: 开工 | 动工 | 启动 | 开始 | 开展 | 实施 | 开建 | 施工 | 进场 | 动土 | 破土 | 落实 | 推进 | 动手
    | 立项 | 铺开 )"""
_FINISH = r"""(?: 建成 | 竣工 | 完工 | 投产 | 投用 | 投入(?:使用|运营|运行|生产) | 通车 | 通航 | 开通 | 启用
    | 完成 | 建好 | 落成 | 达产
    | 验收 | 交付 | 运营 | 开业 | 收尾 | 做完 | 办结 | 搞完 | 建完 | 达标 | 出台 | 上线 | 并网 | 运行 | 开园
    | 挂牌 | 获批 | 创成
    | 接通 | 整改到位 )"""

NOT_SO = sign(
    rf"(?:不是|并非) (?:已经?)? (?: {_START} | {_FINISH} | 停工 )",
    "祥云北扩不是投产",
    others=("祥云北扩投产",),
)
"""Takes a state back (不是投产,是刚开工)."""

BLOCKED = sign(
    r"""停工 | 停建 | 停滞 | 停摆 | 搁置 | 暂停 | 中止 | 叫停 | 停下来 | 停了 | 停着 | 无法推进 | 推不动
    | 推进不下去 | 烂尾 | 卡住 | 陷入僵局
    | 停止(?:施工|建设) | 暂缓""",
    "牛关矶综合码头停工了",
    "祥云北扩项目暂停建设",
    others=("没有停工", "停工后已复工", "停车场已建成"),
    unless=r"""(?:没有?|未|并未|不再?)(?:曾)?(?:停工|暂停|停建|停滞)
        | (?:已|正在)?(?:复工|恢复(?:施工|建设))(?!受|难|不)""",
)

GOES_ON = sign(r"(?:没有?|未|并未|不再)(?:曾)?(?:停工|停建|停滞|停下|暂停)", "没有停工", "不再停工", others=("停工",))

NOT_STARTED = sign(
    rf"""{_NOT} (?:进行|得到)? (?:建设)? {_START}
    | (?:准备|即将|马上|快要|计划|拟) [^,]{{0,8}}? (?:开工|动工|启动建设|开建)
    | (?:开工|动工)(?:准备|在即) | 待(?:开工|建|启动)""",
    "牛关矶综合码头还没开工",
    "武穴通用机场尚未启动",
    "准备开工",
    others=("牛关矶综合码头已开工", "还没建成", "无法推进"),
    unless=r"无法推进 | 推进不",
)

NOT_DONE = sign(
    rf"{_NOT} (?:建设)? (?: {_FINISH} | 干完 | 修完 | 建起来 | 弄完 )",
    "马口智慧物流园综合码头未建成",
    "五洲特纸没完工",
    others=("马口智慧物流园综合码头已建成", "5G基站建成620个"),
)

PART_DONE = sign(
    rf"""(?: [一二三首]期 | 部分 | 主体 | 基础 | 桩基 | 土建 | 路基 | 厂房 | 前期 | 首批 | 首栋 | 首段 | 单体
    | 第一阶段 | 地基 | 管网 | 围墙
        | 设备 | 场平 | 土地平整 | 标段 ) [^,]{{0,10}}? (?:已|全部|全面|基本)* (?: {_FINISH} | 安装 )
    | 完成 [^,]{{0,8}} (?: 主体 | 基础 | 桩基 | 土建 | 路基 | 平整 | 安装 | 架设 | 浇筑 | 厂房 | 工程量 )
    | {_FINISH} [^,]{{0,3}} (?: 一期 | 首期 | 部分 )""",
    "碳酸钙产业园一期已竣工",
    "祥云北扩完成主体工程",
    others=("碳酸钙产业园已竣工",),
)
"""A part is finished, so the whole is under way. Looked for outside the subject's own name."""

PAPERS = sign(
    rf"""(?: 报告 | 可研 | 工可 | 环评 | 立项 | 方案 | 初设 | 初步设计 | 施工图 | 手续 | 招标 | 审批 | 选址 | 合同
    | 协议 | 专班 | 图纸 | 许可 | 设计 | 规划 )
        [^,]{{0,6}} (?: {_FINISH} | 批复 | 通过 )
    | 完成 [^,]{{0,8}} (?: 报告 | 可研 | 工可 | 环评 | 立项 | 初设 | 设计 | 招标 | 审批 | 选址 | 勘察 | 评审
    | 签约 )""",
    "武穴通用机场选址报告已获批",
    "过江通道完成工可评审",
    others=("武穴通用机场已建成",),
)
"""A paper of the work is ready, which says nothing of the work. Looked for outside the subject's own name."""

FAR_FROM_DONE = sign(
    rf"""(?: 预计 | 计划 | 力争 | 争取 | 确保 | 将[于在] | 即将 | 有望 | 快要 | 临近 | 接近 | 筹备 | 准备 | 等待
    | 待 )
    [^,]{{0,12}}? {_FINISH}""",
    "即将竣工",
    "预计年底建成",
    others=("已竣工",),
)

DONE = sign(
    r"""建成 | 竣工 | 完工 | 投产 | 投用 | 投入(?:使用|运营|运行|生产) | 通车 | 通航 | 开通 | 启用 | 建好 | 落成
    | 达产
    | 通过(?:了)?(?:竣工|省级|国家|市级|最终|整体)*验收 | 验收合格 | 交付 | 运营 | 开业 | 办结 | 收官 | 出台
    | 挂牌 | 授牌 | 揭牌 | 获批
    | 创成 | 建完 | 做完 | 上线 | 并网 | 开园 | 全覆盖 | 销号 | 整改到位
    | (?:创建|申报|评定|认定)成功 | 成功(?:创建|申报|创成|入选|获评)
    | (?: 全部 | 全面 | 圆满 | 如期 | 提前 | 按时 | 按期 | 超额 | 顺利 | 已经? | 基本 | 均 )(?:建设)?
        完成 (?: 了 | 任务 | 目标 | 建设 | 工作 | 改造 | 创建 | 编制 | 整治 | 整改 | 出让 )* $
    | 完成 (?: 了 | 建设 | 任务 | 创建 | 编制 | 改造 | 整治 | 整改 )* $""",
    "盘塘砂石集并中心竣工投产",
    "海关武穴监管区已完工",
    "村庄规划编制工作已完成",
    "金融十条已正式出台",
    others=("完成环评报告", "正在推进"),
)
_TOWARDS = re.compile(r"(?:筹备|准备|推进|加快|正在|争取).{0,6}$")

IN_PROGRESS = sign(
    r"""开工 | 动工 | 开建 | 破土 | 奠基 | 进场 | 复工 | 恢复(?:施工|建设) | 在建 | 正在 | 封顶 | 试运行 | 调试
    | 试生产 | 试运营 | 启动
    | 施工 (?! 图 | 许可 | 队 | 合同 | 招标 | 单位 )
    | (?: 有序 | 稳步 | 顺利 | 扎实 | 加快 | 全面 | 全力 | 持续 | 抓紧 | 积极 | 深入 | 按计划 | 如期 | 正常
    | 有力 ) 地?
        (?: 推进 | 进行 | 实施 | 建设 | 开展 | 展开 )
    | (?: 推进 | 进展 | 进行 | 建设 | 实施 ) (?: 很 | 较 | 比较 | 非常 )? (?: 中 | 顺利 | 有序 | 正常 )
    | (?: 施工 | 创建 | 编制 | 安装 ) 中 | 开始(?:建设|施工|实施|编制) | [铺展]开 | 热火朝天 | 加紧 | 赶工
    | [收扫]尾 | (?: 进入 | 处于 | 转入 )[^,]{1,8}阶段 | 在做""",
    "过江通道已经开工建设",
    "宏源药业系列项目正在抓紧施工",
    "生态合成革项目恢复施工了",
    "碳酸钙产业园一期主体封顶",
    "牛关矶综合码头进入扫尾阶段",
    "过江通道在做前期",
    others=("召开推进会", "施工图已审查", "正在制定方案", "5G基站620个"),
    unless=r"正在(?:制定|制订|起草|研究|谋划|编写|修改|征求)",
)


def state_of(text: str) -> State | None:
    """The state that a clause tells, from its words without its subject's name."""
    if NOT_SO.shows(text):
        return None
    if BLOCKED.shows(text):
        return State.BLOCKED
    if GOES_ON.shows(text):
        return State.IN_PROGRESS
    if NOT_STARTED.shows(text):
        return State.NOT_STARTED
    if NOT_DONE.shows(text) or PART_DONE.shows(text):
        return State.IN_PROGRESS
    far = FAR_FROM_DONE.shows(text) or PAPERS.shows(text)
    done = None if far else DONE.find(text)
    if done and not _TOWARDS.search(text[: done.start()]):
        return State.DONE
    return State.IN_PROGRESS if IN_PROGRESS.shows(text) else None
