"""What is written to many who did not ask for it: status updates and posts of channels, by whatsmeow and to whatsmeow."""

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.installation import Installation
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired, unique

STATUS = "status@broadcast"


@pytest.fixture(scope="module", autouse=True)
def nothing_to_refuse(sandbox: Sandbox):
    lines = sandbox.journal()
    beginning = lines[-1]["number"] if lines else 0
    yield
    assert [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning] == []


@pytest.fixture(scope="module")
def author(sandbox: Sandbox, business: Phone, directory):
    """Whatsmeow, with the business and another phone in its address book: these see its status."""
    peer = WhatsmeowPeer(directory / "whatsmeow" / "author", sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
    phone, friend = sandbox.new_phone("Aisha"), sandbox.new_phone("Friend")
    paired(peer, phone)
    for other, name in ((business, "The shop"), (friend, "A friend")):
        phone.save_contact(other.number, name)
        until(lambda: peer.command("contact", jid=f"{other.number}@s.whatsapp.net")["full_name"] == name, 30, "it is in the address book", peer.process)
    yield peer, phone, friend
    clean(peer)
    peer.close()


@pytest.fixture
def wanted(installation: Installation):
    """The owner wants to have them."""
    for setting in ("receive.statuses", "receive.channels"):
        installation.command("settings", "set", setting, "yes")
    yield
    for setting in ("receive.statuses", "receive.channels"):
        installation.command("settings", "set", setting, "no")


def posts(api: API, kind: str) -> dict[str, dict]:
    return {post["message_id"]: post for post in api.get(f"posts?kind={kind}&limit=100").json["data"]["posts"]}


def after(peer: WhatsmeowPeer, business: Phone, webhooks: WebhookReceiver) -> list[str]:
    """What webhooks were told once all that was sent before is dealt with: ids of messages."""
    webhooks.wait("message.received", message_id=peer.command("send", to=business.number, text=unique("after"))["message_id"])
    return [delivery.event["data"].get("message_id") for delivery in webhooks.deliveries()]


def test_a_status_of_whatsmeow_is_kept_apart(api: API, installation: Installation, business: Phone, webhooks: WebhookReceiver, author, wanted):
    peer, phone, friend = author
    text = unique("at the beach")
    sent = peer.command("send", to=STATUS, text=text)["message_id"]
    # Those in the address book see it, the owner's phone among them.
    for viewer in (friend, business):
        assert viewer.wait_message(id=sent)["text"] == text
    until(lambda: sent in posts(api, "status"), 30, "it is there", installation.daemon)
    post = posts(api, "status")[sent]
    assert (post["author"], post["message_type"], post["content"]) == (f"{phone.number}@s.whatsapp.net", "text", text)
    assert post["author_name"] == phone.name
    # The second one repeats the key that they have.
    again = peer.command("send", to=STATUS, text=unique("still there"))["message_id"]
    until(lambda: again in posts(api, "status"), 30, "the second is there", installation.daemon)
    peer.command("revoke", chat=STATUS, sender=f"{phone.number}@s.whatsapp.net", message_id=sent)
    until(lambda: posts(api, "status")[sent].get("deleted_at"), 30, "it is marked as deleted", installation.daemon)
    # It is in no chat, and no webhook was told.
    assert {sent, again}.isdisjoint(after(peer, business, webhooks))
    assert api.get(f"messages/{sent}").status == 404


def test_a_post_of_whatsmeow_is_kept_apart(
    api: API, installation: Installation, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, author, wanted
):
    peer, phone, _ = author
    channel = sandbox.new_channel("News of whatsmeow", phone, business)
    text = unique("news")
    sent = peer.command("send", to=channel, text=text)["message_id"]
    until(lambda: sent in posts(api, "channel"), 30, "it is there", installation.daemon)
    post = posts(api, "channel")[sent]
    assert (post["author"], post["message_type"], post["content"]) == (channel, "text", text)
    assert sent not in after(peer, business, webhooks)
    assert api.get(f"messages/{sent}").status == 404


def test_whatsmeow_reads_posts_of_a_channel(sandbox: Sandbox, business: Phone, author):
    """The sandbox's channels are as whatsmeow expects them."""
    peer, phone, friend = author
    channel = sandbox.new_channel("News of a friend", friend, phone)
    text = unique("more news")
    event = peer.wait("message", id=sandbox.post(channel, text))
    assert (event["chat"], event["text"]) == (channel, text)


def test_they_are_left_out_unless_the_owner_wants_them(api: API, sandbox: Sandbox, business: Phone, webhooks: WebhookReceiver, author):
    peer, phone, friend = author
    channel = sandbox.new_channel("Unwanted news", phone, business)
    status = peer.command("send", to=STATUS, text=unique("unwanted"))["message_id"]
    post = peer.command("send", to=channel, text=unique("unwanted"))["message_id"]
    assert friend.wait_message(id=status)
    assert {status, post}.isdisjoint(after(peer, business, webhooks))
    assert {status, post}.isdisjoint(posts(api, "all"))
