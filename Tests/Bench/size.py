"""Log and contacts of any size: what a page takes with millions of rows, and, in turns, the same page of an installation that has few."""

import http.client
import json
import statistics
import time
import urllib.parse
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from Environment.api import API
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.sandbox import Sandbox

from .requests import wait_counted
from .table import Table

_REQUESTS = 25
# Messages, contacts, messages of one long chat, and the other chats, which have about 25 messages each.
_FEW = (5_000, 5_000, 2_500, 101)
_MANY = (5_000_000, 200_000, 100_000, 199_999)
# Rows of one INSERT.
_PIECE = 250_000
_CONTACTS = """
INSERT INTO wa_contacts (session_id, phone_number, name, push_name, message_count, last_message_at)
  SELECT {session}, 49150000000 + seq, n, n, 25, '2025-01-01' + INTERVAL seq SECOND
  FROM (SELECT seq, CONCAT(ELT(1 + seq % 7, 'Anna', 'Bilal', 'Chen', 'Dmitri', 'Esra', 'Fatima', 'Georg'), ' Customer ', seq) AS n FROM seq_{first}_to_{last}) s;
"""
_MESSAGES = """
INSERT INTO wa_messages (session_id, own_jid, contact_id, sender_id, message_id, direction, source, message_type, content, status, created_at)
  SELECT {session}, '', c.id, 0, CONCAT('3EB0SIZE', seq), IF(seq % 3 = 0, 'inbound', 'outbound'), 'api', 'text',
  CONCAT('Your order number ', seq, ' is on its way.'), IF(seq % 3 = 0, 'received', 'sent'), '2024-01-01' + INTERVAL seq * 10 SECOND
  FROM seq_{first}_to_{last} s STRAIGHT_JOIN wa_contacts c ON c.session_id = {session}
  AND c.phone_number = CAST(49150000001 + IF(seq % {every} = 0, 0, 1 + seq % {chats}) AS CHAR CHARACTER SET ascii) COLLATE ascii_bin;
"""


@dataclass
class Book:
    """A session of its own with its log."""

    product: Installation
    messages: int
    contacts: int

    def __post_init__(self) -> None:
        self.product.sql("INSERT INTO wa_sessions (name) VALUES ('size')")
        self.session = int(self.product.sql("SELECT id FROM wa_sessions WHERE name = 'size'"))
        self.clock = Clock(self.product.api(self.product.create_key("size", "--session", "size", *UNLIMITED)))

    def fill(self, long_chat: int, chats: int) -> None:
        self.product.sql(_CONTACTS.format(first=1, last=self.contacts, session=self.session))
        for first in range(1, self.messages + 1, _PIECE):
            self.product.sql(_MESSAGES.format(
                first=first, last=min(first + _PIECE - 1, self.messages), every=self.messages // long_chat, chats=chats, session=self.session))
        # The long chat's row; the others come behind it.
        chat = int(self.product.sql(f"SELECT MIN(id) FROM wa_contacts WHERE session_id = {self.session}"))
        self.product.sql(
            f"UPDATE wa_contacts SET message_count = (SELECT COUNT(*) FROM wa_messages WHERE contact_id = {chat}) WHERE id = {chat};"
            "ANALYZE TABLE wa_messages, wa_contacts;")

    def wait_counted(self) -> None:
        wait_counted(self.product, self.session, "outbound", "wa_messages")
        wait_counted(self.product, self.session, "person", "wa_contacts")

    def pages(self) -> dict[str, str]:
        """The same pages at every size; page 100 of 5,000 contacts would be the last one, which is read from the end."""
        newest = int(self.product.sql(f"SELECT MAX(id) FROM wa_messages WHERE session_id = {self.session}"))
        return {
            "log, page 1": "messages/log", "log, page 100": "messages/log?page=100", "log, inbound, page 50": "messages/log?direction=inbound&page=50",
            "log, since_id of 1,000 ago": f"messages/log?since_id={newest - 1_000}", "log, long chat, page 100": "messages/log?jid=49150000001&page=100",
            "log, short chat": "messages/log?jid=49150000100", "contacts, page 1": "contacts", "contacts, page 50": "contacts?page=50",
        }

    def far_pages(self) -> dict[str, str]:
        return {
            "log, the page in the middle": f"messages/log?page={self.messages // 40}", "log, the last page": f"messages/log?page={self.messages // 20}",
            "log, inbound, the last page": f"messages/log?direction=inbound&page={self.messages // 60}",
            "contacts, page 100": "contacts?page=100", "contacts, the last page": f"contacts?page={self.contacts // 50}", "contacts, search in the middle of names": "contacts/search?q=mer%20199",
            "contacts, list of a search": "contacts?search=Customer%2019", "contacts, search that finds nothing": "contacts/search?q=zebra",
        }


class Clock:
    """Requests on one connection."""

    def __init__(self, api: API):
        self._api = api
        self._address = urllib.parse.urlsplit(api.base_url)
        self._connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=60)

    def milliseconds(self, path: str) -> float:
        began = time.monotonic()
        self._connection.request("GET", f"{self._address.path}/{path}", headers={"X-API-Key": self._api.key})
        answer = self._connection.getresponse()
        body = answer.read()
        took = (time.monotonic() - began) * 1000
        if answer.status != 200 or not json.loads(body)["success"]:
            raise RuntimeError(f"{path}: {answer.status} {body[:500]!r}")
        return took


def sizes(directory: Path, product: Installation, mariadb: MariaDB, sandbox: Sandbox, table: Table) -> None:
    """The product's daemon has to run."""
    # As a host gives it: what is asked for often fits into memory, the whole does not have to.
    mariadb.sql("SET GLOBAL innodb_buffer_pool_size = 1073741824;")
    with ExitStack() as servers:
        small = Installation(directory, mariadb, sandbox, database="few")
        servers.callback(small.stop)
        small.quieten()
        small.start()
        few, many = Book(small, *_FEW[:2]), Book(product, *_MANY[:2])
        few.fill(*_FEW[2:])
        many.fill(*_MANY[2:])
        few.wait_counted()
        many.wait_counted()
        table.heading(f"Through nginx, medians of {_REQUESTS}, in turns: {_MANY[0]:,} messages and {_MANY[1]:,} contacts beside {_FEW[0]:,} of each")
        beside = few.pages()
        for name, path in many.pages().items():
            times = [(few.clock.milliseconds(beside[name]), many.clock.milliseconds(path)) for _ in range(_REQUESTS)]
            small_ms, ms = map(statistics.median, zip(*times))
            table.figure(name, ms, "ms")
            table.figure(f"{name}: beside the small one", ms / small_ms, "", 1.5)
    for name, path in many.far_pages().items():
        table.figure(name, statistics.median(many.clock.milliseconds(path) for _ in range(_REQUESTS)), "ms", 150)
