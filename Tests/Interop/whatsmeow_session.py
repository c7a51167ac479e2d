"""One whatsmeow client: its device store, its connection, its events. Loads neonize's Go library."""

import hashlib
import logging
import threading
import time
from pathlib import Path

import event_json
from google.protobuf.json_format import ParseDict
from neonize.client import NewClient
from neonize.events import EVENT_TO_INT
from neonize.proto import Neonize_pb2 as events
from neonize.proto.waE2E.WAWebProtobufsE2E_pb2 import Message
from neonize.utils import log as neonize_log
from neonize.utils.enum import MediaType, ParticipantChange, ReceiptType, VoteType
from neonize.utils.jid import build_jid
from neonize.utils.platform import generated_name
from root_key import replace_root_key

_UUID = "interop"

# neonize makes `file:<name>?_foreign_keys=on` of the store's name. whatsmeow writes its 812 pre-keys one by one, which
# takes ten seconds with a real disk's flushes; a store that outlives a power cut is of no use here.
_STORE_OPTIONS = "?_foreign_keys=on&_synchronous=OFF&_journal_mode=MEMORY&rest="

_MEDIA_TYPES = {
    "image": MediaType.MediaImage,
    "sticker": MediaType.MediaImage,
    "video": MediaType.MediaVideo,
    "audio": MediaType.MediaAudio,
    "document": MediaType.MediaDocument,
}

# neonize's event type: (our name, how its fields are written).
_EVENTS = {
    events.PairStatus: ("paired", event_json.paired),
    events.Connected: ("connected", event_json.other),
    events.Disconnected: ("disconnected", event_json.other),
    events.Message: ("message", event_json.message),
    events.Receipt: ("receipt", event_json.receipt),
    events.UndecryptableMessage: ("undecryptable", event_json.undecryptable),
    events.StreamError: ("stream_error", event_json.other),
    events.StreamReplaced: ("stream_replaced", event_json.other),
    events.LoggedOut: ("logged_out", event_json.other),
    events.ConnectFailure: ("connect_failure", event_json.other),
    events.ClientOutdated: ("client_outdated", event_json.other),
    events.TemporaryBan: ("temporary_ban", event_json.other),
    events.IdentityChange: ("identity_change", event_json.other),
    events.RotateADVSecret: ("secret_rotated", lambda event: {}),
    events.CallOffer: ("call_offer", event_json.other),
    events.CallOfferNotice: ("call_notice", event_json.other),
    events.CallTerminate: ("call_ended", event_json.other),
    events.ChatPresence: ("typing", event_json.typing),
    events.HistorySync: ("history", event_json.history),
    events.OfflineSyncPreview: ("offline_preview", event_json.other),
    events.OfflineSyncCompleted: ("offline_done", event_json.other),
}


class WhatsmeowSession:
    """`emit` receives one dictionary per event. The same `db` resumes the same paired device."""

    def __init__(self, db: str, root_key: bytes, emit, quiet: bool):
        self.store = str(Path(db).resolve()) + _STORE_OPTIONS
        self.emit = emit
        self.client: NewClient | None = None
        # What votes refer to: the messages that came, and those that were sent, by id.
        self.messages: dict[str, events.Message] = {}
        self.running: threading.Thread | None = None
        # whatsmeow's debug log holds each stanza in and out: what a failed test needs.
        level = logging.WARNING if quiet else logging.DEBUG
        logging.getLogger().setLevel(level)
        neonize_log.setLevel(level)
        replace_root_key(generated_name(), root_key)
        self.commands = {
            "pair": self.connect,
            "pair_phone": self.pair_phone,
            "connect": self.connect,
            "disconnect": self.disconnect,
            "logout": self.logout,
            "send": self.send,
            "send_content": self.send_content,
            "send_file": self.send_file,
            "set_name": self.set_name,
            "contact": self.contact,
            "react": self.react,
            "edit": self.edit,
            "revoke": self.revoke,
            "poll": self.poll,
            "vote": self.vote,
            "reject_call": self.reject_call,
            "download": self.download,
            "mark_read": self.mark_read,
            "on_whatsapp": self.on_whatsapp,
            "status": self.status,
            "create_group": self.create_group,
            "group": self.group,
            "change_group": self.change_group,
            "leave_group": self.leave_group,
        }

    def connect(self) -> None:
        """Connects with the stored session, or begins pairing (event `qr`) when there is none."""
        if self.running is not None and self.running.is_alive():
            raise RuntimeError("already running")
        client = NewClient(self.store, uuid=_UUID)
        for kind, (name, fields) in _EVENTS.items():
            client.event(kind)(self._handler(name, fields))
        client.qr(lambda _, code: self.emit({"event": "qr", "code": code.decode()}))
        client.event.execute = self._with_active_receipts(client, client.event.execute)
        self.client = client
        self.running = threading.Thread(target=self._run, args=(client,), daemon=True)
        self.running.start()

    def pair_phone(self, number: str) -> dict:
        """After the event `qr`: the code that the owner of that number types into the phone."""
        return {"code": self._current().PairPhone(number, True)}

    def disconnect(self) -> None:
        self._current().stop()
        self.running.join(timeout=20)
        if self.running.is_alive():
            raise RuntimeError("whatsmeow did not stop; it does not while pairing")

    def logout(self) -> None:
        self._current().logout()
        self.disconnect()

    def send(self, to: str, text: str) -> dict:
        """Sends `text` to a phone number or a JID; returns when the server has acknowledged it."""
        # A ready-made message: neonize would look for mentions and links in a plain string.
        response = self._current().send_message(_jid(to), Message(conversation=text))
        return {"message_id": response.ID, "timestamp": response.Timestamp}

    def send_content(self, to: str, content: dict) -> dict:
        """Sends a message of any kind, given as the JSON form of its protobuf."""
        response = self._current().send_message(_jid(to), ParseDict(content, Message()))
        return {"message_id": response.ID}

    def send_file(self, to: str, kind: str, file: str, mimetype: str, fields: dict, wrap: str | None = None, album: str | None = None) -> dict:
        """Uploads a file and sends the message that shows it; `kind` is a part of `Message` without its end, `wrap` another one around it, `album` the
        id of the message that it belongs to."""
        upload = self._current().upload(Path(file).read_bytes(), _MEDIA_TYPES[kind])
        whole = Message()
        message = getattr(whole, wrap).message if wrap else whole
        part = getattr(message, f"{kind}Message")
        part.URL, part.directPath, part.mediaKey = upload.url, upload.DirectPath, upload.MediaKey
        part.fileSHA256, part.fileEncSHA256, part.fileLength = upload.FileSHA256, upload.FileEncSHA256, upload.FileLength
        part.mimetype, part.mediaKeyTimestamp = mimetype, int(time.time())
        ParseDict(fields, part)
        if album:
            key = {"remoteJID": to, "fromMe": True, "ID": album}
            ParseDict({"associationType": "MEDIA_ALBUM", "parentMessageKey": key}, whole.messageContextInfo.messageAssociation)
        return {"message_id": self._current().send_message(_jid(to), whole).ID}

    def set_name(self, name: str) -> None:
        """Writes the account's name into the settings that its devices share."""
        trouble = self._current().set_profile_name(name)
        if trouble:
            raise RuntimeError(trouble)

    def contact(self, jid: str) -> dict:
        found = self._current().contact.get_contact(_jid(jid))
        return {"found": found.Found, "full_name": found.FullName}

    def react(self, chat: str, sender: str, message_id: str, emoji: str) -> dict:
        client = self._current()
        response = client.send_message(_jid(chat), client.build_reaction(_jid(chat), _jid(sender), message_id, emoji))
        return {"message_id": response.ID}

    def edit(self, chat: str, message_id: str, text: str) -> dict:
        response = self._current().edit_message(_jid(chat), message_id, Message(conversation=text))
        return {"message_id": response.ID}

    def revoke(self, chat: str, sender: str, message_id: str) -> dict:
        response = self._current().revoke_message(_jid(chat), _jid(sender), message_id)
        return {"message_id": response.ID}

    def poll(self, to: str, name: str, options: list[str]) -> dict:
        client = self._current()
        response = client.send_message(_jid(to), client.build_poll_vote_creation(name, options, VoteType.SINGLE))
        return {"message_id": response.ID}

    def vote(self, message_id: str, options: list[str]) -> dict:
        """Votes on a poll that came in."""
        client = self._current()
        poll = self.messages[message_id].Info
        response = client.send_message(poll.MessageSource.Chat, client.build_poll_vote(poll, options))
        return {"message_id": response.ID}

    def download(self, message_id: str) -> dict:
        """Fetches, checks and decrypts the file of a message that came in."""
        content = self._current().download_any(self.messages[message_id].Message)
        return {"length": len(content), "sha256": hashlib.sha256(content).hexdigest(), "head": content[:64].hex()}

    def reject_call(self, caller: str, call_id: str) -> None:
        self._current().reject_call(_jid(caller), call_id)

    def mark_read(self, ids: list[str], chat: str, sender: str) -> None:
        self._current().mark_read(*ids, chat=_jid(chat), sender=_jid(sender), receipt=ReceiptType.READ)

    def on_whatsapp(self, number: str) -> dict:
        answers = self._current().is_on_whatsapp(number)
        return {"answers": [{"jid": event_json.jid_text(answer.JID), "in": answer.IsIn} for answer in answers]}

    def create_group(self, subject: str, members: list[str]) -> dict:
        return _group(self._current().create_group(subject, [_jid(member) for member in members]))

    def group(self, jid: str) -> dict:
        return _group(self._current().get_group_info(_jid(jid)))

    def change_group(self, jid: str, members: list[str], action: str) -> None:
        """`action`: add, remove, promote or demote."""
        self._current().update_group_participants(_jid(jid), [_jid(member) for member in members], ParticipantChange(action))

    def leave_group(self, jid: str) -> None:
        self._current().leave_group(_jid(jid))

    def status(self) -> dict:
        client = self._current()
        return {"connected": client.is_connected, "logged_in": client.is_logged_in}

    def _run(self, client: NewClient) -> None:
        error = None
        try:
            client.connect()
        except Exception as failure:
            error = str(failure)
        self.emit({"event": "stopped", "error": error})

    def _handler(self, name: str, fields):
        def handle(_, event) -> None:
            if name == "message":
                self.messages[event.Info.ID] = event
            self.emit({"event": name} | fields(event))

        return handle

    def _with_active_receipts(self, client: NewClient, execute):
        """Real delivery receipts instead of `inactive` ones, from the first message on.

        neonize delivers the own device (code 0) once the client runs, which is before anything can arrive.
        """

        def wrapped(uuid: int, binary: int, size: int, code: int):
            if code in (0, EVENT_TO_INT[events.PairStatus]):
                client.set_force_activate_delivery_receipts(True)
            execute(uuid, binary, size, code)

        return wrapped

    def _current(self) -> NewClient:
        if self.client is None:
            raise RuntimeError("not connected: pair or connect first")
        return self.client


def _group(info) -> dict:
    return {
        "jid": event_json.jid_text(info.JID),
        "subject": info.GroupName.Name,
        "members": [event_json.jid_text(member.JID) for member in info.Participants],
    }


def _jid(text: str):
    user, _, server = text.partition("@")
    name, _, device = user.partition(":")
    jid = build_jid(name, server or "s.whatsapp.net")
    jid.Device = int(device or 0)
    return jid
