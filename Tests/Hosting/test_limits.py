"""What hosts allow an account: 512 MB of address space for each program, few processes and threads. Under such limits everything goes on."""

import re
import secrets
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from Environment.deadline import until
from Environment.http_json import request
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Phone, Sandbox

_ADDRESS_SPACE = 512 << 20
# Hosts mail their administrator about programs with 512 MB.
_ENOUGH = 400 << 20
_THREADS = 12
_FILE = 24 << 20


@pytest.fixture(scope="module")
def confined(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[Installation]:
    product = Installation(directory / "confined", mariadb, sandbox, database="confined")
    # The responders that the daemon starts inherit it.
    product.start("prlimit", f"--as={_ADDRESS_SPACE}", "--")
    yield product
    product.stop()


@pytest.fixture(scope="module")
def owner(confined: Installation, sandbox: Sandbox) -> Phone:
    phone = sandbox.new_phone("Owner")
    confined.link(phone)
    return phone


def programs(product: Installation) -> list[int]:
    """The daemon and its responders."""
    found = [product.daemon.pid]
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            if int(stat.rpartition(")")[2].split()[1]) in found:
                found.append(int(entry.name))
    return found


def status(pid: int, name: str) -> int:
    return int(re.search(rf"^{name}:\s+(\d+)", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE).group(1))


def test_everything_goes_on_within_512_mb_of_address_space(confined: Installation, owner: Phone, sandbox: Sandbox, tmp_path: Path):
    friend = sandbox.new_phone("Friend")
    api = confined.api(confined.create_key("sending", *UNLIMITED))
    for _ in range(20):
        out, back = (str(uuid.uuid4()) for _ in range(2))
        assert api.send_text(friend.number, out)["status"] == "sent"
        friend.send(owner.number, back)
    friend.wait_message(text=out)
    # Files are what could take memory.
    content = secrets.token_bytes(_FILE)
    file = tmp_path / "file.bin"
    file.write_bytes(content)
    sent = api.post_form("messages/send-document", {"to": friend.number}, content, "file.bin", "application/octet-stream", timeout=60)
    assert sent.status in (200, 202), sent.body
    friend.wait_message(id=sent.json["data"]["message_id"], timeout=60)
    received = friend.send_file(owner.number, "document", file)["id"]

    def is_here() -> bool:
        answer = api.get(f"messages/{received}")
        url = answer.status == 200 and answer.json["data"].get("media_url")
        return bool(url) and request("GET", url, timeout=60).body == content

    until(is_here, 90, "the file is here", confined.daemon, interval=0.5)
    figures = {pid: (status(pid, "VmPeak") << 10, status(pid, "Threads")) for pid in programs(confined)}
    assert len(figures) == 6, "the daemon, and four responders by default with their parent"
    # Not only because no more was to be had.
    assert all(peak < _ENOUGH for peak, _ in figures.values()), figures
    assert figures[confined.daemon.pid][1] <= _THREADS, figures
    assert all(threads == 1 for pid, (_, threads) in figures.items() if pid != confined.daemon.pid), figures
    print({pid: f"{peak >> 20} MB, {threads} threads" for pid, (peak, threads) in figures.items()})
