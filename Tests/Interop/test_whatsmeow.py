"""whatsmeow on the sandbox: the measure of the sandbox's and of the daemon's protocol work.

What whatsmeow accepts here is what a client that is not ours accepts: pairing, pre-keys, sessions, addressing,
receipts, and every text exactly as it was written.
"""

import uuid

import pytest
from Environment.api import API
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer

TEXTS = {
    "plain": "Hello from the other side",
    "one character": "x",
    "emoji": "👩‍👩‍👧‍👦 🇴🇲 👍🏽 😀",
    "right to left": "مرحبا بالعالم \u202eabc\u202c שלום",
    "line separators": "one\u2028two\u2029three\r\nfour\nfive\tsix",
    "quotes and backslashes": "\"double\" 'single' `back` \\ \\n \\u0041 %s {0} </script> <b>&amp;</b>",
    "composed and decomposed": "é e\u0301 ﬁ Å Å",
    "invisible": "\u200b\ufeff\u00ad zero width \u200d\u2060",
    "controls": "bell\u0007 escape\u001b[31m delete\u007f",
    "65,536 characters": "سلام😀" * 13107 + "!",
}


# What the sandbox's journal says of a message that left out one of the receiver's devices.
MISSING_COPY = "has no copy for"
# What tests provoke on purpose: stale device lists, a mistyped code, a code for a number without account.
PROVOKED = (MISSING_COPY, "pairing: wrong code", "linking by a code: 404")


@pytest.fixture(scope="module", autouse=True)
def beginning(sandbox: Sandbox) -> int:
    """The journal's last line before these tests: tests of other files provoke refusals."""
    lines = sandbox.journal()
    return lines[-1]["number"] if lines else 0


def unique(text: str) -> str:
    """The same text twice could not be told apart in a shared environment."""
    return f"{uuid.uuid4().hex[:8]} {text}"


def sender_number(message: dict) -> str:
    """The sender's phone number: whatsmeow gives it as the sender or, where that is a LID, as the other address."""
    numbers = [jid for jid in (message["sender"], message["sender_alt"]) if jid.endswith("@s.whatsapp.net")]
    assert len(numbers) == 1, message
    return numbers[0].partition("@")[0].partition(":")[0]


def clean(peer: WhatsmeowPeer) -> None:
    """Nothing went wrong in silence: no undecryptable message, no protocol error, no foreign address."""
    for event in ("undecryptable", "stream_error", "stream_replaced", "refused", "connect_failure", "client_outdated"):
        assert peer.seen(event) == [], event


def paired(peer: WhatsmeowPeer, phone: Phone) -> None:
    """Pairs by scanning and waits for the login that follows, and for the end of what the phone has to say then."""
    peer.command("pair")
    phone.scan(peer.wait("qr")["code"])
    event = peer.wait("paired")
    assert event["status"] == "SUCCESS", event
    assert event["jid"].startswith(f"{phone.number}:") and event["jid"].endswith("@s.whatsapp.net")
    peer.wait("connected")
    phone.wait_settled()


@pytest.fixture(scope="module")
def linked(sandbox: Sandbox, directory):
    """One whatsmeow client for the whole module, linked to a phone of its own."""
    peer = WhatsmeowPeer(directory / "whatsmeow" / "linked", sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
    phone = sandbox.new_phone("Linda")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


def test_pairs_by_scanning_and_logs_in_again_from_its_store(sandbox: Sandbox, whatsmeow):
    phone = sandbox.new_phone("Paula")
    first = whatsmeow("pairing")
    paired(first, phone)
    assert [device["connected"] for device in phone.linked_devices()] == [True]
    clean(first)
    first.close()

    second = whatsmeow("pairing")
    second.command("connect")
    second.wait("connected")
    assert second.seen("qr") == []
    clean(second)


def test_pairs_by_a_typed_code(sandbox: Sandbox, whatsmeow):
    phone = sandbox.new_phone("Typist")
    peer = whatsmeow("typed")
    peer.command("pair")
    peer.wait("qr")
    phone.link(peer.command("pair_phone", number=phone.number)["code"])
    peer.wait("connected")
    assert [device["connected"] for device in phone.linked_devices()] == [True]
    clean(peer)


@pytest.mark.parametrize("kind", TEXTS)
def test_text_to_a_phone_is_exact(sandbox: Sandbox, linked, kind: str):
    peer, _ = linked
    phone = sandbox.new_phone("Receiver")
    sent = peer.command("send", to=phone.number, text=TEXTS[kind])
    received = phone.wait_message(id=sent["message_id"])
    assert received["text"] == TEXTS[kind]


@pytest.mark.parametrize("kind", TEXTS)
def test_text_from_a_phone_is_exact(sandbox: Sandbox, linked, kind: str):
    peer, own = linked
    phone = sandbox.new_phone("Sender")
    message_id = phone.send(own.number, TEXTS[kind])
    received = peer.wait("message", id=message_id)
    assert received["text"] == TEXTS[kind]
    assert sender_number(received) == phone.number
    assert not received["from_me"]


def test_receipts_go_both_ways(sandbox: Sandbox, linked):
    peer, own = linked
    phone = sandbox.new_phone("Rita")

    sent = peer.command("send", to=phone.number, text=unique("read me"))["message_id"]
    delivered = peer.wait("receipt", ids=[sent], type="DELIVERED")
    phone.wait_message(id=sent)
    phone.read(own.number, sent)
    read = peer.wait("receipt", ids=[sent], type="READ")
    assert read["timestamp"] >= delivered["timestamp"]

    received = peer.wait("message", id=phone.send(own.number, unique("and I you")))
    phone.wait_message(id=received["id"], status="delivered")
    peer.command("mark_read", ids=[received["id"]], chat=received["chat"], sender=received["sender"])
    phone.wait_message(id=received["id"], status="read")


def test_own_phone_sees_what_whatsmeow_sends_and_the_other_way_round(sandbox: Sandbox, linked):
    peer, own = linked
    phone = sandbox.new_phone("Oscar")
    text = unique("sent by whatsmeow")
    sent = peer.command("send", to=phone.number, text=text)["message_id"]
    assert own.wait_message(id=sent)["text"] == text

    text = unique("sent by the phone")
    message_id = own.send(phone.number, text)
    copy = peer.wait("message", id=message_id)
    assert copy["from_me"] and copy["text"] == text
    assert phone.wait_message(id=message_id)["text"] == text


def test_messages_wait_while_whatsmeow_is_offline(sandbox: Sandbox, whatsmeow):
    own, phone = sandbox.new_phone("Olivia"), sandbox.new_phone("Otto")
    first = whatsmeow("offline")
    paired(first, own)
    first.close()

    texts = [unique(f"number {index}") for index in range(12)]
    ids = [phone.send(own.number, text) for text in texts]

    second = whatsmeow("offline")
    second.command("connect")
    assert [second.wait("message", id=message_id)["text"] for message_id in ids] == texts
    order = [event["id"] for event in second.seen("message") if event["id"] in ids]
    assert order == ids, "once each, in the order they were sent"
    clean(second)


def test_a_hundred_texts_each_way_turn_the_ratchet(sandbox: Sandbox, linked):
    peer, own = linked
    phone = sandbox.new_phone("Hundred")
    for index in range(100):
        sent = peer.command("send", to=phone.number, text=f"out {index}")["message_id"]
        assert phone.wait_message(id=sent)["text"] == f"out {index}"
        received = phone.send(own.number, f"in {index}")
        # whatsmeow loses a step of the ratchet when it encrypts and decrypts for one address at the same moment.
        assert peer.wait("message", id=received)["text"] == f"in {index}"


def test_a_device_linked_later_gets_messages_too(sandbox: Sandbox, linked, whatsmeow):
    peer, _ = linked
    phone = sandbox.new_phone("Dora")
    phone.wait_message(id=peer.command("send", to=phone.number, text="to the phone alone")["message_id"])
    second = whatsmeow("later")
    paired(second, phone)
    # whatsmeow keeps the list of a LID's devices until an acknowledgement shows another hash, so one message misses.
    missed = peer.command("send", to=phone.number, text="to the phone alone again")["message_id"]
    phone.wait_message(id=missed)
    assert any(f"{missed} {MISSING_COPY}" in line["text"] for line in sandbox.journal("refused")), "the sandbox names it"
    sent = peer.command("send", to=phone.number, text="to both")["message_id"]
    assert phone.wait_message(id=sent)["text"] == "to both"
    copy = second.wait("message", id=sent)
    assert copy["text"] == "to both" and not copy["from_me"]
    clean(second)


def test_reconnects_after_the_service_restarts(sandbox: Sandbox, whatsmeow):
    own, phone = sandbox.new_phone("Rosa"), sandbox.new_phone("Rolf")
    peer = whatsmeow("restart")
    paired(peer, own)
    sandbox.disconnect(own.linked_devices()[0]["jid"], "503")
    peer.wait("disconnected")
    peer.wait("connected")
    assert peer.wait("message", id=phone.send(own.number, "still there?"))["text"] == "still there?"
    sent = peer.command("send", to=phone.number, text="still here")["message_id"]
    assert phone.wait_message(id=sent)["text"] == "still here"
    clean(peer)


def test_a_second_login_replaces_the_first(sandbox: Sandbox, whatsmeow):
    own = sandbox.new_phone("Ruth")
    peer = whatsmeow("replaced")
    paired(peer, own)
    sandbox.disconnect(own.linked_devices()[0]["jid"], "replaced")
    peer.wait("stream_replaced")


def test_an_unknown_number_is_refused(linked):
    peer, _ = linked
    answer = peer.command("on_whatsapp", number="+96899999999")
    assert not any(entry["in"] for entry in answer["answers"])


def test_unlinking_on_the_phone_logs_whatsmeow_out(sandbox: Sandbox, whatsmeow):
    phone = sandbox.new_phone("Ursula")
    peer = whatsmeow("unlinked")
    peer.command("pair")
    phone.scan(peer.wait("qr")["code"])
    device = int(peer.wait("paired")["jid"].split(":")[1].split("@")[0])
    peer.wait("connected")
    phone.unlink(device)
    peer.wait("logged_out")


def test_logout_unlinks_the_device(sandbox: Sandbox, whatsmeow):
    phone = sandbox.new_phone("Lara")
    peer = whatsmeow("logout")
    paired(peer, phone)
    assert len(phone.linked_devices()) == 1
    peer.command("logout")
    assert phone.linked_devices() == []


def test_the_sandbox_had_nothing_to_refuse(sandbox: Sandbox, linked, beginning: int):
    """After all of the above: whatsmeow does what the real service accepts, so a refusal would be the sandbox's fault."""
    wrong = [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]
    assert [line for line in wrong if not any(text in line["text"] for text in PROVOKED)] == []


@pytest.mark.parametrize("kind", TEXTS)
def test_text_from_the_daemon_is_exact(api: API, business: Phone, linked, kind: str):
    peer, own = linked
    data = api.send_text(own.number, TEXTS[kind])
    received = peer.wait("message", id=data["message_id"])
    assert received["text"] == TEXTS[kind]
    assert sender_number(received) == business.number


@pytest.mark.parametrize("kind", TEXTS)
def test_text_to_the_daemon_is_exact(api: API, business: Phone, webhooks: WebhookReceiver, linked, kind: str):
    peer, own = linked
    sent = peer.command("send", to=business.number, text=TEXTS[kind])["message_id"]
    event = webhooks.wait("message.received", message_id=sent).event
    assert event["data"]["content"] == TEXTS[kind]
    assert event["data"]["from"] == f"{own.number}@s.whatsapp.net"
    row = api.get(f"messages/{sent}").json["data"]
    assert (row["direction"], row["status"], row["content"]) == ("inbound", "received", TEXTS[kind])


def test_the_daemon_and_whatsmeow_are_told_the_same_of_numbers(sandbox: Sandbox, api: API, business: Phone, linked):
    peer, own = linked
    numbers = [own.number, sandbox.new_phone("Checked").number, sandbox.new_phone("Checked, too").number, "96899999999", "96899999998"]
    answer = api.post("contacts/check", {"phones": numbers})
    assert answer.status == 200, answer.body
    told = {row["phone"]: row["exists"] for row in answer.json["results"]}
    seen = {number: any(each["in"] for each in peer.command("on_whatsapp", number=f"+{number}")["answers"]) for number in numbers}
    assert told == seen and list(told.values()) == [True, True, True, False, False]


def test_receipts_between_daemon_and_whatsmeow(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, _ = linked
    own = linked[1]
    sent = api.send_text(own.number, unique("are you there?"))["message_id"]
    received = peer.wait("message", id=sent)
    webhooks.wait("message.status", message_id=sent, status="delivered")
    peer.command("mark_read", ids=[sent], chat=received["chat"], sender=received["sender"])
    webhooks.wait("message.status", message_id=sent, status="read")
    assert api.get(f"messages/{sent}").json["data"]["status"] == "read"

    answer = peer.command("send", to=business.number, text=unique("yes"))["message_id"]
    webhooks.wait("message.received", message_id=answer)
    peer.wait("receipt", ids=[answer], type="DELIVERED")
