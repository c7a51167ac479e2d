"""wa-sandbox: the simulated WhatsApp service and its phones, driven through its control interface."""

import itertools
import json
import time
import urllib.parse
from pathlib import Path

from .deadline import until
from .http_json import request
from .process import Process
from .programs import program
from .wire_log import Expired

_START_TIMEOUT_S = 30.0
# One long poll; the control interface answers earlier when something arrives.
_POLL_MS = 2000


class SandboxError(Exception):
    """The control interface refused something."""


class Sandbox:
    """A running `wa-sandbox serve`. Numbers of `new_phone` are unused ones, so that tests do not meet."""

    def __init__(self, directory: Path):
        directory.mkdir(parents=True, exist_ok=True)
        ready = directory / "ready.json"
        with open(ready, "wb") as stdout:
            self.process = Process(
                "wa-sandbox", [program("wa-sandbox"), "serve", "--dir", str(directory)],
                directory / "sandbox.log", stdout=stdout.fileno(),
            )
        until(lambda: b"\n" in ready.read_bytes(), _START_TIMEOUT_S, "wa-sandbox is ready", self.process)
        endpoints = json.loads(ready.read_text().splitlines()[0])
        self.url: str = endpoints["url"]
        self.ca_file: str = endpoints["ca_file"]
        self.root_key: str = endpoints["root_key"]
        self.control_url: str = endpoints["control"]
        self._numbers = itertools.count(96890000001)

    @property
    def tls_port(self) -> int:
        return urllib.parse.urlsplit(self.url).port

    def new_phone(self, name: str, number: str | None = None) -> "Phone":
        number = number or str(next(self._numbers))
        status = self.control("POST", "phones", {"number": number, "name": name})
        return Phone(self, number, name, status)

    def new_group(self, subject: str, creator: "Phone", *members: "Phone") -> "Group":
        body = {"by": creator.number, "subject": subject, "members": [member.number for member in members]}
        return Group(self, self.control("POST", "groups", body)["jid"], creator)

    def new_channel(self, name: str, owner: "Phone", *followers: "Phone") -> str:
        """A channel; returns its JID."""
        body = {"by": owner.number, "name": name, "followers": [follower.number for follower in followers]}
        return self.control("POST", "channels", body)["jid"]

    def post(self, channel: str, text: str) -> str:
        """The owner's phone writes to a channel; returns the message id."""
        return self.control("POST", f"channels/{channel}/post", {"text": text})["id"]

    def control(self, method: str, path: str, content: object = None) -> dict:
        answer = request(method, f"{self.control_url}/{path}", content)
        if answer.status >= 300:
            raise SandboxError(f"{method} {path}: {answer.status} {answer.body.decode('utf-8', 'replace')}")
        return answer.json if answer.body else {}

    def journal(self, *kinds: str) -> list[dict]:
        """Everything notable so far, `{"number", "time", "kind", "who", "text"}`; of these kinds only, if any are given."""
        lines: list[dict] = []
        # An answer holds a limited number of lines.
        while page := self.control("GET", f"journal?after={lines[-1]['number'] if lines else 0}&wait=0")["lines"]:
            lines += page
        return [line for line in lines if not kinds or line["kind"] in kinds]

    def media(self) -> dict:
        """The media hosts: `files` that they have, `requests` that came, `hosts` by name."""
        return self.control("GET", "media")

    def expire_media(self, direct_path: str | None = None) -> None:
        """The hosts lose a file, or all of them."""
        self.control("POST", "media/expire", {"direct_path": direct_path})

    def media_fault(self, count: int = 1, **fault) -> None:
        """The next `count` requests to the hosts fail: `status`, or cut in the middle without one; `host` 0 or 1, `method` GET or POST."""
        self.control("POST", "media/fault", {"count": count} | fault)

    def clear_media_faults(self) -> None:
        """What was ordered by `media_fault` and has not hit yet does not happen."""
        self.control("POST", "media/clear", {})

    def revoke_media(self) -> None:
        """Every pass for the media hosts becomes worthless."""
        self.control("POST", "media/revoke", {})

    def disconnect(self, device: str, error: str) -> None:
        """Closes the connection of a linked device (its JID) with a stream error: 515, 503, replaced …"""
        self.control("POST", "clients/disconnect", {"device": device, "error": error})

    def stop(self) -> None:
        self.process.stop()


class Phone:
    """A simulated phone. `status` is what the control interface said at its creation."""

    def __init__(self, sandbox: Sandbox, number: str, name: str, status: dict):
        self.sandbox = sandbox
        self.number = number
        self.name = name
        self.status = status

    def scan(self, qr: str) -> dict:
        """Returns the linked device when the pairing is complete."""
        return self._post("scan", {"qr": qr})

    def link(self, code: str) -> dict:
        """Types a code that a client shows; returns the linked device when the pairing is complete."""
        return self._post("link", {"code": code})

    def say(self, to: str, **words) -> str:
        """Sends a message of any kind (see docs/sandbox.md, `POST phones/NUMBER/send`) and returns its id."""
        return self._post("send", {"to": to, **words})["id"]

    def call(self, to: str, video: bool = False, group: str | None = None) -> str:
        """Calls another phone and returns the call's id."""
        return self._post("call", {"to": to, "video": video, "group": group})["id"]

    def hang_up(self, call_id: str) -> None:
        self._post("hangup", {"id": call_id})

    def pick_up(self, call_id: str) -> None:
        self._post("pickup", {"id": call_id})

    def decline(self, call_id: str) -> None:
        self._post("decline", {"id": call_id})

    def calls(self, wait_ms: int = 0) -> list[dict]:
        """The calls that this phone made; with `wait_ms` when none rings any more."""
        return self.sandbox.control("GET", f"phones/{self.number}/calls?wait={wait_ms}")["calls"]

    def typing(self) -> list[dict]:
        """Who was seen typing."""
        return self.sandbox.control("GET", f"phones/{self.number}/typing")["typing"]

    def send(self, to: str, text: str) -> str:
        """Sends from the phone itself and returns the message id."""
        return self._post("send", {"to": to, "text": text})["id"]

    def send_file(self, to: str, kind: str, file: Path, **fields) -> dict:
        """Sends a file: `kind` is image, video, audio, document or sticker; returns `id` and `media`."""
        body = {"to": to, "kind": kind, "file": str(file)} | fields
        return self._post("send-media", body)

    def invent_past(self, people: int, groups: int, messages: int) -> None:
        """Chats that the phone hands over to the devices that are linked from now on."""
        self._post("past", {"people": people, "groups": groups, "messages": messages})

    def lose_files(self) -> None:
        """From now on the phone can upload no file again."""
        self._post("lose-files", {})

    def read(self, chat: str, *ids: str) -> None:
        """Opens the chat with that number: its messages become read."""
        self._post("read", {"ids": list(ids), "chat": chat})

    def answer_with(self, text: str) -> None:
        """Answers every text automatically from now on."""
        self._post("answer", {"with": text})

    def linked_devices(self) -> list[dict]:
        """Without the phone itself, which is device 0."""
        devices = self.sandbox.control("GET", f"phones/{self.number}/devices")["devices"]
        return [device for device in devices if device["device"] > 0]

    def wait_settled(self) -> None:
        """Its linked devices have answered all that was sent to them, the phone's greeting above all.

        whatsmeow does not keep its sending and its reading apart: what it writes while it takes in the greeting uses a key of the session with
        its phone that it uses again for the next message, which the service refuses (400).
        """
        until(lambda: all(device["unanswered"] == 0 for device in self.linked_devices()), _START_TIMEOUT_S, "all is answered", self.sandbox.process)

    def unlink(self, device: int) -> None:
        self._post("unlink", {"device": device})

    def save_contact(self, number: str, name: str | None) -> None:
        """Saves, renames or (without a name) takes out somebody in the phone's address book."""
        self._post("contact", {"number": number, "name": name})

    def rename(self, name: str) -> None:
        """Changes the name that others see."""
        self._post("rename", {"name": name})

    def rotate_key(self) -> None:
        """Settings are written with a new key from now on, which devices have to ask for."""
        self._post("rotate-key", {})

    def miscount(self, device: int, count: int = 1) -> None:
        """The next answers about settings to that device carry a wrong sum."""
        self._post("miscount", {"device": device, "count": count})

    def make_salt(self) -> None:
        """Gives the account a salt that makes tokens for people who gave it none."""
        self._post("salt", {})

    def refuse_strangers(self, refused: bool = True) -> None:
        """Messages of strangers without a token are refused with 463."""
        self._post("strangers", {"refused": refused})

    def wait_message(self, timeout: float = 20.0, **fields) -> dict:
        """The first message on the screen, own or received, whose fields have these values; it may still get there."""
        deadline = time.monotonic() + timeout
        revision, screen = 0, []
        while True:
            answer = self.sandbox.control("GET", f"phones/{self.number}/messages?after={revision}&wait={_POLL_MS}")
            revision = answer["revision"]
            screen += answer["messages"]
            for message in answer["messages"]:
                if all(message.get(key) == value for key, value in fields.items()):
                    return message
            if time.monotonic() > deadline:
                raise Expired(f"phone {self.number}: no message {str(fields)[:300]}; seen: {str(screen)[-2000:]}")

    def _post(self, verb: str, content: object) -> dict:
        return self.sandbox.control("POST", f"phones/{self.number}/{verb}", content)


class Group:
    """A group of the simulated service; what is not said otherwise is done by its creator."""

    def __init__(self, sandbox: Sandbox, jid: str, creator: Phone):
        self.sandbox = sandbox
        self.jid = jid
        self.creator = creator

    def numbers(self) -> set[str]:
        return {member["number"] for member in self.sandbox.control("GET", f"groups/{self.jid}")["members"]}

    def add(self, *phones: Phone) -> None:
        self._change("add", members=[phone.number for phone in phones])

    def remove(self, *phones: Phone, quiet: bool = False) -> None:
        """With `quiet` no client is told of it."""
        self._change("remove", members=[phone.number for phone in phones], quiet=quiet)

    def leave(self, phone: Phone) -> None:
        self._change("leave", by=phone.number)

    def rename(self, subject: str) -> None:
        self._change("subject", subject=subject)

    def address_by(self, mode: str) -> None:
        """`lid` or `pn`; clients learn it by the refusal of their next message."""
        self._change("addressing", mode=mode)

    def keys_given(self, message_id: str) -> int:
        """For how many devices that message carried its sender's key, as the service saw it."""
        prefix = f"{message_id} to {self.jid}"
        texts = [line["text"] for line in self.sandbox.journal("message") if line["text"].startswith(prefix)]
        assert len(texts) == 1, texts
        return int(texts[0].rsplit(" for ", 1)[1].split()[0])

    def _change(self, verb: str, **body) -> None:
        self.sandbox.control("POST", f"groups/{self.jid}/{verb}", {"by": self.creator.number} | body)
