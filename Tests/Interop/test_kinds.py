"""Every kind of message but media, calls, typing and reading, with whatsmeow as the other party on the sandbox.

Three sides meet: whatsmeow (a client that is not ours), the sandbox's phones, and the daemon behind its API.
`docs/api-coverage.md` names the test of each kind.
"""

import pytest
from Environment.api import API
from Environment.deadline import until
from Environment.sandbox import Phone, Sandbox
from Environment.webhook_receiver import WebhookReceiver
from Interop.peer import WhatsmeowPeer
from Interop.test_whatsmeow import clean, paired, unique

VCARD = "BEGIN:VCARD\nVERSION:3.0\nN:;Ann;;;\nFN:Ann\nTEL;type=CELL;waid=96890001234:+96890001234\nEND:VCARD"


@pytest.fixture(scope="module", autouse=True)
def beginning(sandbox: Sandbox) -> int:
    lines = sandbox.journal()
    return lines[-1]["number"] if lines else 0


@pytest.fixture(scope="module")
def linked(sandbox: Sandbox, directory):
    peer = WhatsmeowPeer(directory / "whatsmeow" / "kinds", sandbox.tls_port, sandbox.ca_file, sandbox.root_key)
    phone = sandbox.new_phone("Kim")
    paired(peer, phone)
    yield peer, phone
    clean(peer)
    peer.close()


@pytest.fixture(scope="module")
def other(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Olga")


def sent(api: API, path: str, body: dict) -> dict:
    answer = api.post(path, body)
    assert answer.status == 200 and answer.json["data"]["status"] == "sent", answer.body
    return answer.json["data"]


def received(webhooks: WebhookReceiver, message_id: str) -> dict:
    return webhooks.wait("message.received", message_id=message_id).event["data"]


# MARK: whatsmeow and phones


def test_whatsmeow_and_phones_read_each_others_kinds(linked, other: Phone):
    peer, own = linked
    # From the phone.
    text = other.say(own.number, text="first")
    peer.wait("message", id=text)
    place = other.say(own.number, location={"latitude": 23.588, "longitude": 58.3829, "name": "Muscat"})
    content = peer.wait("message", id=place)["content"]["locationMessage"]
    assert (content["degreesLatitude"], content["degreesLongitude"], content["name"]) == (23.588, 58.3829, "Muscat")
    card = other.say(own.number, contact={"name": "Ann; Smith", "phone": "96890001234"})
    assert "waid=96890001234" in peer.wait("message", id=card)["content"]["contactMessage"]["vcard"]
    quote = other.say(own.number, text=f"@{own.number} second", quote=text, mentions=[own.number])
    context = peer.wait("message", id=quote)["content"]["extendedTextMessage"]["contextInfo"]
    assert context["stanzaID"] == text and context["quotedMessage"]["conversation"] == "first"
    reaction = other.say(own.number, reaction={"id": text, "emoji": "👍"})
    assert peer.wait("message", id=reaction)["content"]["reactionMessage"]["text"] == "👍"
    edit = other.say(own.number, edit={"id": text, "text": "first, edited"})
    assert peer.wait("message", id=edit)["content"]
    gone = other.say(own.number, delete=text)
    assert peer.wait("message", id=gone)["content"]["protocolMessage"]["key"]["ID"] == text
    # From whatsmeow.
    mine = peer.command("send", to=other.number, text="mine")["message_id"]
    chat = f"{other.number}@s.whatsapp.net"
    me = f"{own.number}@s.whatsapp.net"
    peer.command("react", chat=chat, sender=me, message_id=mine, emoji="🎉")
    until(lambda: (other.wait_message(id=mine).get("details") or {}).get("reactions") == {own.number: "🎉"}, 20, "the reaction", peer.process)
    peer.command("edit", chat=chat, message_id=mine, text="mine, edited")
    until(lambda: other.wait_message(id=mine)["text"] == "mine, edited", 20, "the edit", peer.process)
    peer.command("revoke", chat=chat, sender=me, message_id=mine)
    until(lambda: other.wait_message(id=mine)["details"].get("deleted"), 20, "the deletion", peer.process)
    location = {"locationMessage": {"degreesLatitude": 1.5, "degreesLongitude": -2.25, "name": "Here"}}
    shown = other.wait_message(id=peer.command("send_content", to=other.number, content=location)["message_id"])
    assert (shown["kind"], shown["details"]["latitude"], shown["details"]["longitude"]) == ("location", 1.5, -2.25)
    contact = {"contactMessage": {"displayName": "Ann", "vcard": VCARD}}
    shown = other.wait_message(id=peer.command("send_content", to=other.number, content=contact)["message_id"])
    assert shown["details"]["vcards"] == [VCARD]


def test_votes_between_whatsmeow_and_phones(linked, other: Phone):
    peer, own = linked
    poll = other.say(own.number, poll={"name": "Tea?", "options": ["Yes", "No"]})
    peer.wait("message", id=poll)
    peer.command("vote", message_id=poll, options=["Yes"])
    until(lambda: (other.wait_message(id=poll)["details"].get("votes") or {}) == {own.number: ["Yes"]}, 20, "the vote", peer.process)
    mine = peer.command("poll", to=other.number, name="Coffee?", options=["A", "B"])["message_id"]
    other.wait_message(id=mine)
    vote = other.say(own.number, vote={"id": mine, "options": ["B"]})
    # neonize can not hand out what whatsmeow decrypts of it: that it came, about the right poll, is all that shows.
    assert peer.wait("message", id=vote)["content"]["pollUpdateMessage"]["pollCreationMessageKey"]["ID"] == mine


def test_calls_to_whatsmeow_can_be_rejected(linked, other: Phone):
    peer, own = linked
    call = other.call(own.number, video=True)
    offer = peer.wait("call_offer")["basicCallMeta"]
    assert offer["callID"] == call
    caller = offer["callCreator"]
    peer.command("reject_call", caller=f"{caller['User']}@{caller['Server']}", call_id=call)
    assert [c["status"] for c in other.calls(wait_ms=10_000) if c["id"] == call] == ["rejected"]


# MARK: The daemon sends


def test_the_daemon_sends_a_location(api: API, business: Phone, linked):
    peer, own = linked
    data = sent(api, "messages/send-location", {"to": own.number, "latitude": 23.588, "longitude": 58.3829, "name": "Muscat, Oman", "address": "Corniche"})
    content = peer.wait("message", id=data["message_id"])["content"]["locationMessage"]
    assert content["degreesLatitude"] == 23.588 and content["degreesLongitude"] == 58.3829
    assert (content["name"], content["address"]) == ("Muscat, Oman", "Corniche")
    row = api.get(f"messages/{data['message_id']}").json["data"]
    assert (row["message_type"], row["content"]) == ("location", "23.588,58.3829 Muscat, Oman")


def test_the_daemon_sends_a_contact(api: API, business: Phone, linked):
    peer, own = linked
    data = sent(api, "messages/send-contact", {"to": own.number, "contactName": "John, Doe", "contactPhone": "+96899999999"})
    content = peer.wait("message", id=data["message_id"])["content"]["contactMessage"]
    assert content["displayName"] == "John, Doe"
    assert "FN:John\\, Doe\n" in content["vcard"] and "waid=96899999999:+96899999999" in content["vcard"]
    row = api.get(f"messages/{data['message_id']}").json["data"]
    assert (row["message_type"], row["content"]) == ("contact", "John, Doe")


def test_the_daemon_quotes_and_mentions(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    question = peer.command("send", to=business.number, text=unique("what?"))["message_id"]
    text = received(webhooks, question)["content"]
    body = {"to": own.number, "message": f"@{own.number} that", "quoted_message_id": question, "mentions": [own.number]}
    data = sent(api, "messages/send-text", body)
    event = peer.wait("message", id=data["message_id"])
    message = event["content"]["extendedTextMessage"]
    context = message["contextInfo"]
    assert context["stanzaID"] == question and context["quotedMessage"] == {"conversation": text}
    assert len(context["mentionedJID"]) == 1
    assert context["participant"] == context["mentionedJID"][0]
    assert f"@{context['mentionedJID'][0].split('@')[0]} that" == message["text"]
    row = api.get(f"messages/{data['message_id']}").json["data"]
    assert row["content"] == body["message"]
    assert (row["quoted_message_id"], row["mentions"]) == (question, [f"{own.number}@s.whatsapp.net"])
    missing = api.post("messages/send-text", {"to": own.number, "message": "a", "quoted_message_id": "3EB0NONE"})
    assert (missing.status, missing.json["code"]) == (404, "message_not_found")


def test_the_daemon_reacts_edits_and_deletes(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    theirs = peer.command("send", to=business.number, text=unique("theirs"))["message_id"]
    received(webhooks, theirs)
    reaction = sent(api, "messages/react", {"message_id": theirs, "emoji": "❤️"})["message_id"]
    content = peer.wait("message", id=reaction)["content"]["reactionMessage"]
    assert content["text"] == "❤️" and content["key"]["ID"] == theirs and not content["key"].get("fromMe")
    removed = sent(api, "messages/react", {"message_id": theirs, "emoji": ""})["message_id"]
    assert peer.wait("message", id=removed)["content"]["reactionMessage"].get("text", "") == ""
    ours = api.send_text(own.number, unique("before"))["message_id"]
    peer.wait("message", id=ours)
    edit = sent(api, "messages/edit", {"message_id": ours, "message": "after"})["message_id"]
    assert "after" in str(peer.wait("message", id=edit)["content"])
    gone = sent(api, "messages/delete", {"message_id": ours})["message_id"]
    assert peer.wait("message", id=gone)["content"]["protocolMessage"]["key"]["ID"] == ours
    row = api.get(f"messages/{ours}").json["data"]
    assert row["edited_at"] and row["deleted_at"]
    refused = api.post("messages/edit", {"message_id": theirs, "message": "x"})
    assert (refused.status, refused.json["code"]) == (400, "not_editable")


# MARK: The daemon receives


def test_the_daemon_receives_every_kind_of_whatsmeow(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    to = business.number

    def content(message: dict) -> dict:
        return received(webhooks, peer.command("send_content", to=to, content=message)["message_id"])

    place = content({"locationMessage": {"degreesLatitude": 1.5, "degreesLongitude": -2.25, "name": "Here", "address": "There"}})
    assert (place["type"], place["content"], place["media_url"], place["is_group"]) == ("location", "1.5,-2.25 Here", None, False)
    assert place["location"] == {"latitude": 1.5, "longitude": -2.25, "name": "Here", "address": "There", "live": False}
    card = content({"contactMessage": {"displayName": "Ann", "vcard": VCARD}})
    assert (card["type"], card["content"], card["contacts"]) == ("contact", "Ann", [{"name": "Ann", "phones": ["+96890001234"]}])
    cards = content({"contactsArrayMessage": {"displayName": "2", "contacts": [{"displayName": "Ann", "vcard": VCARD}, {"displayName": "Bob", "vcard": VCARD}]}})
    assert (cards["type"], cards["content"], len(cards["contacts"])) == ("contact", "Ann, Bob", 2)
    live = content({"liveLocationMessage": {"degreesLatitude": 3, "degreesLongitude": 4}})
    assert live["type"] == "location" and live["location"]["live"]
    invite = content({"groupInviteMessage": {"groupJID": "120363000000000009@g.us", "inviteCode": "CODE", "groupName": "Club"}})
    assert (invite["type"], invite["content"], invite["group_invite"]["code"]) == ("other", "Club", "CODE")
    event = content({"eventMessage": {"name": "Party", "startTime": "1790000000"}})
    assert (event["type"], event["event"]["name"], event["event"]["starts_at"]) == ("other", "Party", "2026-09-21T14:13:20.000Z")
    unknown = content({"orderMessage": {"orderID": "1"}})
    assert (unknown["type"], unknown["content"]) == ("other", None)
    wrapped = content({"ephemeralMessage": {"message": {"extendedTextMessage": {"text": "soon gone", "contextInfo": {"expiration": 86400}}}}})
    assert (wrapped["type"], wrapped["content"], wrapped["disappearing"]) == ("text", "soon gone", True)


def test_disappearing_messages_are_answered_with_disappearing_ones(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    setting = {"protocolMessage": {"type": "EPHEMERAL_SETTING", "ephemeralExpiration": 604800}}
    peer.command("send_content", to=business.number, content=setting)
    received(webhooks, peer.command("send", to=business.number, text=unique("set"))["message_id"])
    answer = api.send_text(own.number, "goes")["message_id"]
    content = peer.wait("message", id=answer)["content"]
    assert content["extendedTextMessage"]["contextInfo"]["expiration"] == 604800
    setting["protocolMessage"]["ephemeralExpiration"] = 0
    peer.command("send_content", to=business.number, content=setting)
    received(webhooks, peer.command("send", to=business.number, text=unique("unset"))["message_id"])
    answer = api.send_text(own.number, "stays")["message_id"]
    assert peer.wait("message", id=answer)["content"]["conversation"] == "stays"


def test_the_daemon_receives_reactions_edits_and_deletions(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    chat, me = f"{business.number}@s.whatsapp.net", f"{own.number}@s.whatsapp.net"
    ours = api.send_text(own.number, unique("ours"))["message_id"]
    sender = peer.wait("message", id=ours)["sender"].split("@")[0].split(":")[0] + "@lid"
    reaction = received(webhooks, peer.command("react", chat=chat, sender=sender, message_id=ours, emoji="😮")["message_id"])
    assert (reaction["type"], reaction["content"], reaction["reaction_to"]) == ("reaction", "😮", ours)
    removed = received(webhooks, peer.command("react", chat=chat, sender=sender, message_id=ours, emoji="")["message_id"])
    assert (removed["type"], removed["content"], removed["reaction_removed"]) == ("reaction", None, True)
    theirs = peer.command("send", to=business.number, text=unique("theirs"))["message_id"]
    first = received(webhooks, theirs)["content"]
    edit = received(webhooks, peer.command("edit", chat=chat, message_id=theirs, text="in other words")["message_id"])
    assert (edit["type"], edit["content"], edit["edited_message_id"]) == ("text", "in other words", theirs)
    gone = received(webhooks, peer.command("revoke", chat=chat, sender=me, message_id=theirs)["message_id"])
    assert (gone["type"], gone["content"], gone["deleted_message_id"]) == ("other", None, theirs)
    row = api.get(f"messages/{theirs}").json["data"]
    assert row["content"] == first and row["edited_at"] and row["deleted_at"]


def test_the_daemon_reads_polls_and_votes(business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    poll = received(webhooks, peer.command("poll", to=business.number, name="Lunch?", options=["Rice", "Fish"])["message_id"])
    assert (poll["type"], poll["content"]) == ("poll", "Lunch?")
    assert poll["poll"] == {"options": ["Rice", "Fish"], "selectable": 1}
    # The owner's phone asks, and whatsmeow votes.
    mine = business.say(own.number, poll={"name": "Dinner?", "options": ["Early", "Late"]})
    webhooks.wait("message.sent", message_id=mine)
    peer.wait("message", id=mine)
    vote = received(webhooks, peer.command("vote", message_id=mine, options=["Late"])["message_id"])
    assert (vote["type"], vote["content"]) == ("poll", "Late")
    assert vote["poll_vote"] == {"poll_message_id": mine, "options": ["Late"]}


def test_view_once_is_left_to_the_phone(api: API, business: Phone, webhooks: WebhookReceiver, other: Phone):
    event = received(webhooks, other.say(business.number, text="once", view_once=True))
    assert (event["type"], event["content"], event["view_once"]) == ("other", "View-once message: open it on the phone", True)


# MARK: Reading, typing, calls


def test_messages_are_marked_as_read(api: API, business: Phone, webhooks: WebhookReceiver, linked):
    peer, own = linked
    ids = [peer.command("send", to=business.number, text=unique("read me"))["message_id"] for _ in range(3)]
    for message_id in ids:
        received(webhooks, message_id)
    answer = api.post("messages/read", {"message_ids": ids})
    assert (answer.status, answer.json["data"]) == (200, {"read": 3, "status": "done"})
    seen = peer.wait("receipt", type="READ")
    assert sorted(seen["ids"]) == sorted(ids)
    assert api.post("messages/read", {"message_ids": ids}).json["data"]["read"] == 0
    assert api.post("messages/read", {"jid": own.number}).status == 200
    assert api.post("messages/read", {"message_ids": ["3EB0NONE"]}).status == 404


def test_typing_is_shown_and_ends(api: API, business: Phone, linked, other: Phone):
    peer, own = linked
    answer = api.post("chats/typing", {"to": own.number})
    assert (answer.status, answer.json["data"]["status"]) == (200, "done")
    assert peer.wait("typing")["state"].endswith("COMPOSING")
    assert peer.wait("typing", timeout=30)["state"].endswith("PAUSED")
    assert api.post("chats/typing", {"to": other.number, "state": "recording"}).status == 200
    until(lambda: [seen["state"] for seen in other.typing()][:1] == ["recording"], 20, "the phone sees it", peer.process)
    assert api.post("chats/typing", {"to": other.number, "state": "paused"}).status == 200
    until(lambda: [seen["state"] for seen in other.typing()] == ["recording", "paused"], 20, "the end", peer.process)


def test_calls_are_told_and_rejected(api: API, business: Phone, webhooks: WebhookReceiver, other: Phone):
    call = other.call(business.number, video=True)
    incoming = webhooks.wait("call.incoming", call_id=call).event["data"]
    assert incoming == {"from": f"{other.number}@s.whatsapp.net", "call_id": call, "is_video": True}
    answer = api.post("calls/reject", {"call_id": call, "from": other.number})
    assert (answer.status, answer.json["data"]["status"]) == (200, "rejected")
    assert webhooks.wait("call.rejected", call_id=call).event["data"]["reason"] == "api"
    assert [c["status"] for c in other.calls(wait_ms=10_000) if c["id"] == call] == ["rejected"]
    assert api.post("calls/reject", {"call_id": call}).status == 409
    assert api.post("calls/reject", {"call_id": "NONE"}).status == 404


def test_calls_of_groups_are_told_once_and_the_phone_may_decline(api: API, business: Phone, webhooks: WebhookReceiver, other: Phone):
    call = other.call(business.number, group="120363000000000001@g.us")
    assert webhooks.wait("call.incoming", call_id=call).event["data"]["is_group"]
    business.decline(call)
    assert webhooks.wait("call.rejected", call_id=call).event["data"]["reason"] == "elsewhere"
    told = [d for d in webhooks.deliveries() if d.event["event"] == "call.incoming" and d.event["data"]["call_id"] == call]
    assert len(told) == 1


def test_calls_are_rejected_by_the_setting(installation, api: API, business: Phone, webhooks: WebhookReceiver, sandbox: Sandbox):
    caller = sandbox.new_phone("Carl")
    installation.command("settings", "set", "calls.reject", "yes")
    installation.command("settings", "set", "calls.reject_text", "We do not take calls")
    try:
        call = caller.call(business.number)
        assert webhooks.wait("call.rejected", call_id=call).event["data"]["reason"] == "setting"
        assert [c["status"] for c in caller.calls(wait_ms=10_000)] == ["rejected"]
        caller.wait_message(text="We do not take calls")
        second = caller.call(business.number)
        webhooks.wait("call.rejected", call_id=second)
        texts = [m for m in api.get(f"messages/log?jid={caller.number}").json["data"]["messages"] if m["content"] == "We do not take calls"]
        assert len(texts) == 1
    finally:
        installation.command("settings", "set", "calls.reject", "no")
        installation.command("settings", "set", "calls.reject_text", "")


def test_the_sandbox_had_nothing_to_refuse(sandbox: Sandbox, linked, beginning: int):
    wrong = [line for line in sandbox.journal("refused", "acknowledgement") if line["number"] > beginning]
    assert wrong == []
