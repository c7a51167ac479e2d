"""Groups: what the daemon sends and receives there, who can read it, and what happens when people come and go."""

import uuid

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import Installation
from Environment.sandbox import Group, Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver


def unique(text: str) -> str:
    return f"{uuid.uuid4().hex[:8]} {text}"


@pytest.fixture
def group(sandbox: Sandbox, business: Phone) -> Group:
    """A group with two customers besides the business, made by one of them."""
    ana, ben = sandbox.new_phone("Ana"), sandbox.new_phone("Ben")
    made = sandbox.new_group("Friends of the shop", ana, ben, business)
    made.ana, made.ben = ana, ben
    return made


def refusals(sandbox: Sandbox, since: int, business: Phone) -> list[str]:
    """What the service complained of since that journal line: the daemon's doing, or phones that could not read it."""
    return [
        line["text"] for line in sandbox.journal("refused", "acknowledgement")
        if line["number"] > since and business.number in line["who"]
    ]


def last_line(sandbox: Sandbox) -> int:
    return sandbox.journal()[-1]["number"]


def shown(phone: Phone, message_id: str, text: str) -> None:
    assert phone.wait_message(id=message_id)["text"] == text


def test_what_the_daemon_writes_all_members_read(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, group: Group):
    since = last_line(sandbox)
    text = unique("good morning, everybody")
    data = api.send_text(group.jid, text)
    assert (data["to"], data["status"]) == (group.jid, "sent")
    for phone in (group.ana, group.ben, business):
        message = phone.wait_message(id=data["message_id"])
        assert (message["text"], message["chat"], message["from"]) == (text, group.jid, business.number)
    assert group.keys_given(data["message_id"]) == 3, "two customers and the owner's phone"
    again = api.send_text(group.jid, unique("and again"))
    shown(group.ben, again["message_id"], again_text(api, again))
    assert group.keys_given(again["message_id"]) == 0, "everybody has the key"
    assert refusals(sandbox, since, business) == []


def again_text(api: API, data: dict) -> str:
    return api.get(f"messages/{data['message_id']}").json["data"]["content"]


def test_what_members_write_arrives_with_their_names(
    api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, group: Group
):
    since = last_line(sandbox)
    for phone in (group.ana, group.ben, group.ana):
        text = unique("hello shop")
        message_id = phone.send(group.jid, text)
        data = webhooks.wait("message.received", message_id=message_id).event["data"]
        assert (data["from"], data["is_group"], data["content"]) == (group.jid, True, text)
        assert (data["from_name"], data["participant_phone"]) == (phone.name, phone.number)
        assert data["participant"] == f"{phone.number}@s.whatsapp.net"
        row = api.get(f"messages/{message_id}").json["data"]
        assert (row["direction"], row["status"], row["content"]) == ("inbound", "received", text)
    assert refusals(sandbox, since, business) == []


def test_what_the_owner_types_into_a_group_is_logged(business: Phone, webhooks: WebhookReceiver, group: Group):
    text = unique("typed on the phone")
    message_id = business.send(group.jid, text)
    data = webhooks.wait("message.sent", message_id=message_id).event["data"]
    assert (data["to"], data["content"], data["source"]) == (group.jid, text, "phone")


def test_delivered_and_read_when_all_have_it(api: API, business: Phone, webhooks: WebhookReceiver, group: Group):
    group.sandbox.control("POST", f"phones/{group.ben.number}/offline", {})
    sent = api.send_text(group.jid, unique("read me"))["message_id"]
    group.ana.wait_message(id=sent)
    group.ana.read(group.jid, sent)
    # Reading by one says nothing; a message that comes after it shows that the receipt has been worked on.
    webhooks.wait("message.received", message_id=group.ana.send(group.jid, unique("I have read it")))
    assert api.get(f"messages/{sent}").json["data"]["status"] == "sent"
    group.sandbox.control("POST", f"phones/{group.ben.number}/online", {})
    webhooks.wait("message.status", message_id=sent, status="delivered")
    group.ben.wait_message(id=sent)
    group.ben.read(group.jid, sent)
    webhooks.wait("message.status", message_id=sent, status="read")
    assert api.get(f"messages/{sent}").json["data"]["status"] == "read"


def test_who_comes_later_reads_from_then_on(api: API, sandbox: Sandbox, business: Phone, group: Group):
    api.send_text(group.jid, unique("before Cleo"))
    since = last_line(sandbox)
    cleo = sandbox.new_phone("Cleo")
    group.add(cleo)
    text = unique("with Cleo")
    sent = api.send_text(group.jid, text)["message_id"]
    shown(cleo, sent, text)
    assert group.keys_given(sent) == 1, "only the new member needs the key"
    assert refusals(sandbox, since, business) == []


@pytest.mark.parametrize("way", ["removed", "left", "removed without a word"])
def test_who_goes_can_not_read_on(api: API, sandbox: Sandbox, business: Phone, group: Group, way: str):
    first = api.send_text(group.jid, unique("before"))["message_id"]
    group.ben.wait_message(id=first)
    since = last_line(sandbox)
    if way == "left":
        group.leave(group.ben)
    else:
        group.remove(group.ben, quiet=way != "removed")
    if way == "removed without a word":
        # The first message tells by its hash that the list is out of date.
        api.send_text(group.jid, unique("nobody has told the daemon"))
    text = unique("without Ben")
    sent = api.send_text(group.jid, text)["message_id"]
    shown(group.ana, sent, text)
    assert group.keys_given(sent) == 2, "a new key for Ana and the owner's phone"
    complaints = refusals(sandbox, since, business)
    assert [line for line in complaints if sent in line] == []
    if way != "removed without a word":
        assert complaints == []


def test_a_removed_device_can_not_read_on(api: API, sandbox: Sandbox, business: Phone, group: Group, whatsmeow):
    peer = whatsmeow("group device")
    peer.command("pair")
    device = group.ben.scan(peer.wait("qr")["code"])["device"]
    peer.wait("connected")
    sent = api.send_text(group.jid, unique("to both of Ben's devices"))["message_id"]
    peer.wait("message", id=sent)
    since = last_line(sandbox)
    group.ben.unlink(device)
    peer.wait("logged_out")
    text = unique("to one of them")
    after = api.send_text(group.jid, text)["message_id"]
    shown(group.ben, after, text)
    assert group.keys_given(after) == 3, "a new key for everybody who is left"
    assert refusals(sandbox, since, business) == []


def test_the_subject_follows(installation: Installation, business: Phone, webhooks: WebhookReceiver, group: Group):
    webhooks.wait("message.received", message_id=group.ana.send(group.jid, unique("hi")))

    def name() -> str:
        return installation.sql(f"SELECT name FROM wa_contacts WHERE group_jid = '{group.jid}';").strip()

    until(lambda: name().endswith("Friends of the shop"), 20, "the subject is known", installation.daemon)
    group.rename("Enemies of the shop")
    until(lambda: name().endswith("Enemies of the shop"), 20, "the new subject is known", installation.daemon)


def test_a_group_that_changes_its_addressing(api: API, sandbox: Sandbox, business: Phone, group: Group):
    api.send_text(group.jid, unique("by LID"))
    for mode in ("pn", "lid"):
        group.address_by(mode)
        since = last_line(sandbox)
        text = unique(f"by {mode} now")
        sent = api.send_text(group.jid, text)["message_id"]
        shown(group.ana, sent, text)
        shown(group.ben, sent, text)
        assert all("addressed by" in line for line in refusals(sandbox, since, business)), "refused once with 421, then right"


def test_messages_of_a_group_wait_while_the_daemon_is_dead(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, group: Group
):
    before = api.send_text(group.jid, unique("before"))["message_id"]
    webhooks.wait("message.status", message_id=before, status="delivered")
    since = last_line(sandbox)
    installation.daemon.kill()
    dana = sandbox.new_phone("Dana")
    first = group.ana.send(group.jid, unique("one"))
    group.remove(group.ben)
    group.add(dana)
    second = dana.send(group.jid, unique("two"))
    installation.start()
    # A webhook whose answer the daemon did not live to note keeps the chat's next ones waiting for its retry.
    webhooks.wait("message.received", message_id=first, timeout=90)
    webhooks.wait("message.received", message_id=second)
    webhooks.wait("connection.connected")
    text = unique("back again")
    sent = api.send_text(group.jid, text)["message_id"]
    shown(dana, sent, text)
    assert group.keys_given(sent) == 3, "Ben knew the old key; Ana, Dana and the owner's phone get another"
    assert refusals(sandbox, since, business) == []


def test_a_group_that_the_business_is_not_in(api: API, sandbox: Sandbox, business: Phone):
    ana, ben = sandbox.new_phone("Ana"), sandbox.new_phone("Ben")
    strange = sandbox.new_group("Others", ana, ben)
    answer = api.post("messages/send-text", {"to": strange.jid, "message": "let me in"})
    assert answer.status >= 400 and answer.json["code"] == "not_allowed", answer.json
    answer = api.post("messages/send-text", {"to": "120363099999999999@g.us", "message": "anybody?"})
    assert answer.status >= 400 and answer.json["code"] == "recipient_gone", answer.json


def test_who_was_removed_is_told_when_writing(api: API, sandbox: Sandbox, business: Phone, group: Group):
    api.send_text(group.jid, unique("still in"))
    group.remove(business)
    answer = api.post("messages/send-text", {"to": group.jid, "message": "still in?"})
    assert answer.status >= 400 and answer.json["code"] == "not_allowed", answer.json


def test_a_member_who_lost_the_keys_gets_the_message_again(api: API, sandbox: Sandbox, business: Phone, group: Group):
    api.send_text(group.jid, unique("before"))
    sandbox.control("POST", f"phones/{group.ben.number}/forget", {})
    text = unique("unreadable at first")
    sent = api.send_text(group.jid, text)["message_id"]
    shown(group.ana, sent, text)
    shown(group.ben, sent, text)
    text = unique("readable at once")
    after = api.send_text(group.jid, text)["message_id"]
    shown(group.ben, after, text)
    assert group.keys_given(after) == 1, "whoever asked for a message again gets the key again"


def test_a_member_with_a_new_phone_reads_on(api: API, sandbox: Sandbox, business: Phone, group: Group):
    api.send_text(group.jid, unique("before"))
    sandbox.control("POST", f"phones/{group.ben.number}/reinstall", {})
    text = unique("to the new phone")
    shown(group.ben, api.send_text(group.jid, text)["message_id"], text)


def test_a_damaged_message_of_a_group_is_asked_for_again(
    api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, group: Group
):
    webhooks.wait("message.received", message_id=group.ana.send(group.jid, unique("before")))
    device = business.linked_devices()[0]["jid"]
    sandbox.control("POST", "clients/corrupt", {"device": device, "count": 1})
    text = unique("damaged on its way")
    message_id = group.ana.send(group.jid, text)
    data = webhooks.wait("message.received", message_id=message_id).event["data"]
    assert (data["content"], data["participant_phone"]) == (text, group.ana.number)
    text = unique("whole again")
    message_id = group.ana.send(group.jid, text)
    assert webhooks.wait("message.received", message_id=message_id).event["data"]["content"] == text
