"""Contacts: lists, searches, the export at size and cut in the middle, numbers with national quirks, hostile names."""

import csv
import io
import socket
import urllib.parse

import pytest
from Environment.deadline import until
from Environment.sandbox import Phone, Sandbox
from Environment.shop import Shop

# More than an answer is made ahead of its head.
MANY = 12_000
HOSTILE = ['=HYPERLINK("http://evil")', "+1", "-1", "@SUM(A1)", 'quote " and , comma; semicolon', "two\nlines\r\n", "\ttab", "<script>", "\u202eltr", "😀", "'"]


@pytest.fixture(scope="module")
def crowd(shop: Shop) -> int:
    """Many contacts with made-up names, typed into the table as an import would."""
    shop.link()
    rows = ",".join(f"(1, {55600000000 + number}, 'Çrowd {number}')" for number in range(1, MANY + 1))
    shop.installation.sql(f"INSERT INTO wa_contacts (session_id, phone_number, name) VALUES {rows}")
    for number, name in enumerate(HOSTILE):
        text = name.encode().hex()
        shop.installation.sql(f"INSERT INTO wa_contacts (session_id, phone_number, name) VALUES (1, 55700000000 + {number}, X'{text}')")
    return MANY + len(HOSTILE)


def test_pages_hold_everybody_once(shop: Shop, crowd: int):
    first = shop.api.get("contacts?limit=200&type=individual").json["data"]
    total, pages = first["pagination"]["total"], first["pagination"]["totalPages"]
    assert total >= crowd and pages == -(-total // 200)
    seen = [row["jid"] for page in range(1, pages + 1) for row in shop.api.get(f"contacts?limit=200&type=individual&page={page}").json["data"]["contacts"]]
    assert len(seen) == len(set(seen)) == total
    lowered = shop.api.get("contacts?limit=5000").json
    assert lowered["data"]["pagination"]["limit"] == 200 and lowered["message"] == "limit was lowered to 200"


@pytest.mark.parametrize("query, found", [
    ("Çrowd 11999", 1), ("çROWD 11999", 1), ("rowd 1199", 11), ("55600000777", 1), ("+55600000777", 1), ("%", 0), ("_rowd", 0), ("' OR 1=1 -- ", 0),
    ("\\", 0), ("<script>", 1), ("😀", 1),
], ids=repr)
def test_searches(shop: Shop, crowd: int, query: str, found: int):
    quoted = urllib.parse.quote(query)
    listed = shop.api.get(f"contacts?search={quoted}").json["data"]
    assert listed["pagination"]["total"] == found, listed["contacts"][:3]
    if len(query) > 1:
        assert len(shop.api.get(f"contacts/search?q={quoted}").json["data"]["contacts"]) == found


@pytest.mark.parametrize("query", ["", "a", "%20a%20", "a%00b", "x" * 256])
def test_searches_that_are_none(shop: Shop, query: str):
    answer = shop.api.get(f"contacts/search?q={query}")
    assert answer.status == 400 and "`q" in answer.json["error"]


def test_the_export_is_complete_and_harmless(shop: Shop, crowd: int):
    answer = shop.api.get("contacts/export")
    assert answer.status == 200 and "content-length" not in answer.headers
    rows = list(csv.DictReader(io.StringIO(answer.body.decode(), newline="")))
    names = {row["phone"]: row["name"] for row in rows}
    assert len(rows) == len(names) + sum(not row["phone"] for row in rows) - (1 if "" in names else 0) and len(rows) >= crowd
    assert names["55600000001"] == "Çrowd 1" and names[str(55600000000 + MANY)] == f"Çrowd {MANY}"
    for number, name in enumerate(HOSTILE):
        cell = names[str(55700000000 + number)]
        assert cell.removeprefix("'") == name.removeprefix("'") and not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_export_that_is_cut_holds_nothing_up(shop: Shop, crowd: int):
    """Readers that hang up in the middle, more of them than there are processes: those that come next are answered, and get the whole."""
    for _ in range(8):
        with socket.create_connection(("127.0.0.1", shop.installation.nginx.port), timeout=30) as reader:
            reader.sendall(f"GET /api/v1/contacts/export HTTP/1.1\r\nHost: x\r\nX-API-Key: {shop.api.key}\r\n\r\n".encode())
            assert reader.recv(1_000).startswith(b"HTTP/1.1 ")
    until(lambda: shop.api.get("contacts/export").status == 200, 30, "the export is answered", shop.installation.daemon, interval=0.2)
    assert shop.api.get("contacts/export").body.count(b"\r\n") > crowd


@pytest.mark.parametrize("asked, registered", [
    ("5511987654321", "551187654321"), ("551187654322", "5511987654322"),
    ("525512345678", "5215512345678"), ("5215512345679", "525512345679"),
    ("541112345678", "5491112345678"), ("5491112345679", "541112345679"),
], ids=["Brazil without the 9", "Brazil with it", "Mexico with the 1", "Mexico without it", "Argentina with the 9", "Argentina without it"])
def test_numbers_with_national_quirks(shop: Shop, sandbox: Sandbox, asked: str, registered: str):
    shop.link()
    sandbox.new_phone("Abroad", registered)
    answer = shop.api.post("contacts/check", {"phone": asked}).json
    assert answer["exists"] is True and answer["contact"]["phone"] == registered, answer
    assert answer["contact"]["jid"] == f"{registered}@s.whatsapp.net"
    # A message finds its way as well.
    assert shop.api.send_text(asked, "hello")["to"] in (f"{registered}@s.whatsapp.net", f"{asked}@s.whatsapp.net")


def test_many_at_once(shop: Shop, sandbox: Sandbox):
    shop.link()
    there = [sandbox.new_phone("Checked").number for _ in range(3)]
    given = [there[0], "96899999995", f"+{there[1]}", int(there[2]), there[0]]
    answer = shop.api.post("contacts/check", {"phones": given})
    assert answer.status == 200 and [row["phone"] for row in answer.json["results"]] == given
    assert [row["exists"] for row in answer.json["results"]] == [True, False, True, True, True]
    bad = shop.api.post("contacts/check", {"phones": [there[0], "12"]})
    assert bad.status == 400 and "`phones[1]`" in bad.json["error"]


def test_hostile_addresses(shop: Shop):
    for jid in ("%00", "..%2F..", "1%20OR%201%3D1", "%27", "a@b", "status@broadcast", "9" * 500, "%F0%9F%98%80", "123@g.us%0D%0AX: 1", "@", "@s.whatsapp.net"):
        answer = shop.api.get(f"contacts/{jid.replace(' ', '%20')}")
        assert answer.status in (400, 404), (jid, answer.status, answer.body)


def test_names_as_they_become_known(shop: Shop, sandbox: Sandbox):
    """What the person calls itself, until the owner saves another name; a sync changes nothing that is right."""
    shop.link()
    friend = sandbox.new_phone("Calls herself")
    friend.send(shop.phone.number, "hello")

    def name() -> str | None:
        answer = shop.api.get(f"contacts/{friend.number}")
        return answer.json["data"]["push_name"] if answer.status == 200 else None

    until(lambda: name() == "Calls herself", 30, "her own name", shop.installation.daemon)
    shop.phone.save_contact(friend.number, "As saved")
    until(lambda: name() == "As saved", 30, "the saved name", shop.installation.daemon)
    assert shop.api.post("contacts/sync").status == 200
    shop.phone.save_contact(friend.number, None)
    until(lambda: name() == "Calls herself", 30, "her own name again", shop.installation.daemon)
    data = shop.api.get(f"contacts/{friend.number}").json["data"]
    assert data["message_count"] == 1 and data["lid"] == friend.status["lid"]
