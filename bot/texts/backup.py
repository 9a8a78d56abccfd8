"""`duban backup`, `duban restore`, and the backup before a migration."""

from collections.abc import Mapping
from pathlib import Path

from storage.backup_format import BackupError, BackupProblem, Manifest

PROBLEMS: Mapping[BackupProblem, str] = {
    BackupProblem.EXISTS: "{detail} 已经有了，不覆盖。请换一个文件名，或只写目录。",
    BackupProblem.NO_DATABASE: "库里还没有数据，或数据库打不开。请检查 [database] url。",
    BackupProblem.UNREADABLE: "{detail} 不是 duban 的备份，或已损坏。",
    BackupProblem.DAMAGED: "备份已损坏：{detail} 与清单不符。",
    BackupProblem.NEWER: "备份是更新版本的程序（{detail}）做的，请先升级 duban。",
    BackupProblem.OTHER_KIND: (
        "备份来自 {detail}，与 [database] url 的数据库不同种；SQLite 和 PostgreSQL 的备份不能互换。"
    ),
    BackupProblem.OTHER_SCHEMA: "备份来自 PostgreSQL 的模式 {detail}，[database] url 连到的是另一个模式。",
    BackupProblem.NOT_EMPTY: "库里已有数据。确定要换掉的，加 --replace：先另做一份备份，再恢复。",
    BackupProblem.BROKEN_DATABASE: "{detail} 不是完好的 SQLite 数据库。请先把它移到别处，再恢复备份。",
    BackupProblem.NO_TOOL: "找不到 {detail}。请安装 PostgreSQL 的客户端工具（pg_dump、pg_restore、psql）。",
    BackupProblem.OLD_TOOL: "PostgreSQL 的客户端工具版本太低：{detail}。请装与服务器同版本或更新的。",
    BackupProblem.TOOL_FAILED: "PostgreSQL 的工具没有成功。{detail}",
}
BOT_AT_WORK = "机器人正在用这个数据库，请先停掉再恢复。"
NO_FILE = "找不到这个备份文件，或读不了。"
NOT_WRITTEN = "没有写成，请检查目录权限和磁盘空间。"
UNTOUCHED = "数据没有动。"


def problem(error: BackupError) -> str:
    return PROBLEMS[error.problem].format(detail=error.detail)


def not_migrated(error: BackupError) -> str:
    return f"升级数据库之前要先备份，没有做成，所以没有升级。{problem(error)}"


def made(file: Path, manifest: Manifest) -> str:
    size = sum(part.size for part in manifest.parts)
    return (
        f"已备份到 {file}：数据库和 {len(manifest.evidence)} 个佐证文件，共 {_megabytes(size)}。请另存一份到别的机器。"
    )


def missing(manifest: Manifest) -> str:
    return f"注意：{len(manifest.missing)} 个佐证文件在 [database] files 里找不到或已损坏，备份里没有。"


def restored(manifest: Manifest, aside: Path | None) -> tuple[str, ...]:
    """`aside` is where the data lies that was replaced."""
    return (
        f"已恢复到 {manifest.made_at.astimezone():%Y-%m-%d %H:%M} 的数据，佐证 {len(manifest.evidence)} 个。",
        *([f"换下来的数据在 {aside}。"] if aside else []),
        "那时以后的填报、绑定都没有了，请通知大家补报。",
        "那时待发的消息可能已经发过，到时间的都没有再发；机器人启动后用 /outbox 或 duban outbox 逐条决定。",
    )


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
