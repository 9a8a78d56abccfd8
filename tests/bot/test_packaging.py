"""What is installed is all that the program needs, and the lock files say nothing about where they were made."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from folders import ROOT

PACKAGES = ("knowledge", "storage", "handlers", "bot")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `pip install .` makes, from a copy: building leaves traces in the source."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    for name in PACKAGES:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"]
    subprocess.run([*pip, "--no-build-isolation", "--wheel-dir", out, source], check=True)
    (wheel,) = out.glob("*.whl")
    return wheel


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    ours = {
        path.relative_to(ROOT).as_posix()
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    }
    assert ours - set(zipfile.ZipFile(wheel).namelist()) == set()


def test_an_installed_wheel_answers_and_makes_its_database(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
    program = (
        "import os, bot, storage; from storage.migrate import migrate; from bot.cli import main;"
        "assert all(module.__file__.startswith(os.getcwd()) for module in (bot, storage));"
        "migrate('sqlite:///new.sqlite'); raise SystemExit(main(['ask', '市交通局负责哪些任务']))"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "site"), "PYTHONIOENCODING": "utf-8"}
    answered = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8"
    )
    assert (answered.returncode, answered.stderr) == (0, "")
    assert "市交通局" in answered.stdout
    assert (tmp_path / "new.sqlite").exists()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_file_names_no_host_and_no_path(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert not re.search(r"://|file:|index-url|find-links|^-e|@ ", text, re.MULTILINE)
    assert all(line.startswith(("#", "    ")) or re.match(r"[a-z0-9-]+==", line) for line in text.splitlines())


def test_everything_to_run_is_locked_the_same_to_develop() -> None:
    run, develop = (
        set(re.findall(r"^[a-z0-9-]+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.lock", "requirements-dev.lock")
    )
    assert run - develop == set()


def test_make_takes_the_first_python_that_is_recent_enough_and_says_so_where_there_is_none(tmp_path: Path) -> None:
    """`python3.11` that does not start (a version manager's stand-in) and an old `python3` are passed over."""

    def program(name: str, status: int) -> None:
        (tmp_path / name).write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)

    def make(*arguments: str) -> subprocess.CompletedProcess[str]:
        for name in ("sh", "touch"):
            (tmp_path / name).unlink(missing_ok=True)
            (tmp_path / name).symlink_to(shutil.which(name) or name)
        command = [shutil.which("make") or "make", *arguments, f"VENV={tmp_path}/venv", f"{tmp_path}/venv/runtime"]
        environment = {"PATH": str(tmp_path)}
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    for name, status in (("python3.11", 127), ("python3.12", 1), ("python3.13", 1), ("python3", 1)):
        program(name, status)
    for nothing in (make(), make("PYTHON=python3.12")):
        assert nothing.returncode
        assert "需要 Python 3.11 或更新的版本" in nothing.stderr
        assert not (tmp_path / "venv").exists()
    program("python3.13", 0)
    assert "python3.13 -m venv" in make("--dry-run").stdout


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    to_run = project["project"]["dependencies"]
    to_work = [*project["project"]["optional-dependencies"]["dev"], *project["dependency-groups"]["build"]]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    listed = [re.findall(r"^\| ([\w-]+) \| [^-|]", table, re.MULTILINE)[1:] for table in page.split("\n## ")[1:]]
    named = [sorted(re.split(r"[\[>=<]", one)[0].lower() for one in ones) for ones in (to_run, to_work)]
    assert listed == named
