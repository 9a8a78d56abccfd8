"""One poller a token, and a lease that dies with its process."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import NullPool

from storage.lease import LeaseTakenError, hold_lease

HOLDER = """
import sys
from storage.lease import hold_lease
with hold_lease(sys.argv[1], sys.argv[2]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def token() -> str:
    return f"123456:{uuid4().hex}"


@pytest.fixture
def holder(blank_url: str, token: str) -> Iterator[subprocess.Popen[str]]:
    """Another process that holds the lease."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, blank_url, token], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


@pytest.mark.usefixtures("holder")
def test_a_second_process_does_not_get_the_lease(blank_url: str, token: str) -> None:
    with pytest.raises(LeaseTakenError), hold_lease(blank_url, token):
        pass


@pytest.mark.usefixtures("holder")
def test_another_token_has_another_lease(blank_url: str, token: str) -> None:
    with hold_lease(blank_url, f"{token}x") as lease:
        assert not lease.renew()


def test_a_killed_process_leaves_the_lease_free(blank_url: str, token: str, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    for _ in range(1000):  # PostgreSQL learns of the death a moment later
        try:
            with hold_lease(blank_url, token):
                return
        except LeaseTakenError:
            continue
    pytest.fail("the lease outlived its process")


def test_a_lease_given_back_can_be_had_again(blank_url: str, token: str) -> None:
    for _ in range(2):
        with hold_lease(blank_url, token) as lease:
            assert not lease.renew()


def test_the_token_stands_nowhere_on_the_disk(tmp_path: Path, token: str) -> None:
    with hold_lease(f"sqlite:///{tmp_path}/duban.sqlite", token):
        files = list(tmp_path.iterdir())
        assert files
        assert not any(token in file.name or token.encode() in file.read_bytes() for file in files)


def named(url: str, name: str) -> str:
    return make_url(url).update_query_dict({"application_name": name}).render_as_string(hide_password=False)


def cut_off(url: str, name: str) -> None:
    """End PostgreSQL's sessions of this name, as a restart of the server or a firewall would."""
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        end = text("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE application_name = :name")
        assert connection.scalars(end, {"name": name}).all() == [True]


@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
def test_a_lease_lost_with_its_connection_is_taken_anew(blank_url: str, token: str) -> None:
    name = uuid4().hex
    with hold_lease(named(blank_url, name), token) as lease:
        cut_off(blank_url, name)
        assert lease.renew()
        assert not lease.renew()
        with pytest.raises(LeaseTakenError), hold_lease(blank_url, token):
            pass


@pytest.mark.parametrize("blank_url", ["postgresql"], indirect=True)
def test_a_lease_that_another_process_took_meanwhile_is_lost(blank_url: str, token: str) -> None:
    name = uuid4().hex
    with hold_lease(named(blank_url, name), token) as lease:
        cut_off(blank_url, name)
        with hold_lease(blank_url, token), pytest.raises(LeaseTakenError):
            lease.renew()


def lease_file(url: str) -> Path:
    path = Path(make_url(url).database or "")
    (found,) = path.parent.glob("*.lease")
    return found


@pytest.mark.parametrize("blank_url", ["sqlite"], indirect=True)
def test_a_lease_whose_file_was_deleted_is_taken_anew(blank_url: str, token: str) -> None:
    with hold_lease(blank_url, token) as lease:
        lease_file(blank_url).unlink()
        assert lease.renew()
        with pytest.raises(LeaseTakenError), hold_lease(blank_url, token):
            pass


@pytest.mark.parametrize("blank_url", ["sqlite"], indirect=True)
def test_a_lease_whose_file_another_process_made_anew_is_lost(blank_url: str, token: str) -> None:
    with hold_lease(blank_url, token) as lease:
        lease_file(blank_url).unlink()
        with hold_lease(blank_url, token), pytest.raises(LeaseTakenError):
            lease.renew()
