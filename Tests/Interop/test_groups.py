"""whatsmeow as a member of groups: with phones, and with our daemon.

Of a message that carries its sender's key whatsmeow tells twice: once for the key, without a text, and once for the text.
"""

import pytest
from Environment.api import API
from Environment.sandbox import Group, Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import TEXTS, clean, paired, sender_number, unique


@pytest.fixture(scope="module")
def member(sandbox: Sandbox, directory):
    """One whatsmeow client for the whole module, linked to a phone of its own."""
    peer = WhatsmeowPeer(directory / "whatsmeow" / "group member", sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
    phone = sandbox.new_phone("Gwen")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


def test_whatsmeow_and_phones_in_a_group(sandbox: Sandbox, member):
    peer, own = member
    ana, ben = sandbox.new_phone("Ana"), sandbox.new_phone("Ben")
    made = peer.command("create_group", subject="Made by whatsmeow", members=[ana.number, ben.number])
    group = Group(sandbox, made["jid"], own)
    assert group.numbers() == {own.number, ana.number, ben.number}
    assert peer.command("group", jid=group.jid)["subject"] == "Made by whatsmeow"
    for text in TEXTS.values():
        sent = peer.command("send", to=group.jid, text=text)["message_id"]
        for phone in (ana, ben, own):
            assert phone.wait_message(id=sent)["text"] == text
        received = peer.wait("message", id=ana.send(group.jid, text), text=text)
        assert (received["chat"], sender_number(received)) == (group.jid, ana.number)
    cleo = sandbox.new_phone("Cleo")
    peer.command("change_group", jid=group.jid, members=[cleo.number], action="add")
    peer.wait("message", id=cleo.send(group.jid, "I am new"), text="I am new")
    sent = peer.command("send", to=group.jid, text="welcome")["message_id"]
    assert cleo.wait_message(id=sent)["text"] == "welcome"
    peer.command("leave_group", jid=group.jid)
    assert own.number not in group.numbers()


def test_daemon_and_whatsmeow_in_a_group(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, member):
    peer, own = member
    ana = sandbox.new_phone("Ana")
    since = sandbox.journal()[-1]["number"]
    group = Group(sandbox, peer.command("create_group", subject="All of us", members=[ana.number, business.number])["jid"], own)
    for text in TEXTS.values():
        sent = api.send_text(group.jid, text)["message_id"]
        received = peer.wait("message", id=sent, text=text)
        assert (received["chat"], sender_number(received)) == (group.jid, business.number)
        assert ana.wait_message(id=sent)["text"] == text

        sent = peer.command("send", to=group.jid, text=text)["message_id"]
        data = webhooks.wait("message.received", message_id=sent).event["data"]
        assert (data["from"], data["content"], data["participant_phone"]) == (group.jid, text, own.number)
    sent = api.send_text(group.jid, unique("read me"))["message_id"]
    received = peer.wait("message", id=sent)
    ana.wait_message(id=sent)
    ana.read(group.jid, sent)
    peer.command("mark_read", ids=[sent], chat=received["chat"], sender=received["sender"].partition(":")[0] + "@lid")
    webhooks.wait("message.status", message_id=sent, status="read")
    complaints = [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > since]
    assert complaints == []


def test_an_admin_deletes_what_a_member_wrote(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, member):
    peer, own = member
    ana = sandbox.new_phone("Ana")
    group = Group(sandbox, peer.command("create_group", subject="Moderated", members=[ana.number, business.number])["jid"], own)
    written = ana.send(group.jid, unique("rude"))
    webhooks.wait("message.received", message_id=written)
    author = peer.wait("message", id=written)["sender"].partition(":")[0].partition("@")[0] + "@lid"
    gone = peer.command("revoke", chat=group.jid, sender=author, message_id=written)["message_id"]
    data = webhooks.wait("message.received", message_id=gone).event["data"]
    assert (data["type"], data["from"], data["deleted_message_id"]) == ("other", group.jid, written)
    assert api.get(f"messages/{written}").json["data"]["deleted_at"]


def test_nobody_reads_on_after_being_removed(api: API, sandbox: Sandbox, business: Phone, member):
    peer, own = member
    ana = sandbox.new_phone("Ana")
    group = sandbox.new_group("Without whatsmeow in the end", ana, own, business)
    sent = api.send_text(group.jid, unique("with all"))["message_id"]
    peer.wait("message", id=sent)
    group.remove(own)
    text = unique("without Gwen")
    sent = api.send_text(group.jid, text)["message_id"]
    assert ana.wait_message(id=sent)["text"] == text
    assert group.keys_given(sent) == 2, "a new key, for Ana and the owner's phone"
    group.add(own)
    again = api.send_text(group.jid, unique("with Gwen again"))["message_id"]
    assert peer.wait("message", id=again)
    assert [event for event in peer.seen("message") if event["id"] == sent] == []
