"""Every way in: the same calls pass through nginx and through Apache by socket, mod_fcgid and CGI, and are answered alike."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import time
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from Environment import apache
from Environment.api import API
from Environment.apache import Apache
from Environment.deadline import until
from Environment.http_json import Answer
from Environment.installation import UNLIMITED, Installation
from Environment.mariadb import MariaDB
from Environment.nginx import CachingProxy
from Environment.programs import ROOT, program
from Environment.sandbox import Phone, Sandbox

MIB = 1 << 20
# The account whose hosting this is, where the tests run as root. Its id is above those that suexec refuses.
ACCOUNT = "nobody" if os.geteuid() == 0 else None
# More than there are workers.
CROWD = 6
# What a request that is not waiting for anything may take on a busy machine; less than the 8 seconds of those that wait.
AT_ONCE_S = 5.0
SHIPPED_HOME = "/home/USER/wa-connect"
WORDPRESS = """\
RewriteEngine On
RewriteCond %{REQUEST_FILENAME} !-f
RewriteCond %{REQUEST_FILENAME} !-d
RewriteRule . /index.html [L]
"""


@dataclass
class Hosting:
    """An account with WA-Connect installed and linked, and its web root."""

    installation: Installation
    web_root: Path
    phone: Phone
    key: str

    def key_with(self, *options: str) -> str:
        return self.installation.create_key(uuid.uuid4().hex, *options)


@dataclass
class Server:
    """One way in. `handler` begins what Apache writes into its log as the handler."""

    name: str
    port: int
    handler: str | None
    apache: Apache | None

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    @property
    def passes_bodies_on(self) -> bool:
        """As they come from the client; nginx and mod_fcgid collect them first."""
        return self.name in ("socket", "cgi")


@pytest.fixture(scope="module")
def hosting(directory: Path, mariadb: MariaDB, sandbox: Sandbox) -> Iterator[Hosting]:
    # Other users than the tests' have to get through.
    directory.chmod(0o711)
    product = Installation(directory / "hosted", mariadb, sandbox, database="hosted", account=ACCOUNT)
    web_root = install_by_hand(product)
    product.start()
    key = product.create_key("suite", *UNLIMITED)
    phone = sandbox.new_phone("Shop")
    api = product.api(key)
    phone.scan(first_qr(product, api))
    wait_connected(product, api)
    yield Hosting(product, web_root, phone, key)
    product.stop()


def install_by_hand(product: Installation) -> Path:
    """What htaccess/README.md tells the owner to do, with a site above that wants every path, and files that must not be shown."""
    programs = product.directory / "bin"
    programs.mkdir()
    shutil.copy(program("wa-connect-fcgi"), programs)
    web_root = product.directory / "public_html"
    shutil.copytree(ROOT / "htaccess", web_root / "api")
    for name in (".htaccess", "api.cgi", "api.fcgi"):
        file = web_root / "api" / name
        file.write_text(file.read_text().replace(SHIPPED_HOME, str(product.directory)))
    (web_root / "api" / "left-behind.txt").write_text("secret.key = 00\n")
    (web_root / ".htaccess").write_text(WORDPRESS)
    (web_root / "index.html").write_text("the site above")
    for path in [web_root, programs, *web_root.rglob("*"), *programs.rglob("*")]:
        # suexec refuses what the group may write.
        path.chmod(0o755 if path.is_dir() or path.suffix in (".cgi", ".fcgi") or path.parent == programs else 0o644)
        if ACCOUNT:
            shutil.chown(path, ACCOUNT, apache.group_of(ACCOUNT))
    return web_root


def first_qr(product: Installation, api: API) -> str:
    """On a busy machine it may take longer than one request waits."""
    data: dict = {}

    def there() -> bool:
        data.update(api.post("session/connect").json.get("data", {}))
        return "qr" in data

    until(there, 60, "the QR code", product.daemon)
    return data["qr"]


def wait_connected(product: Installation, api: API) -> None:
    def connected() -> bool:
        answer = api.get("session/status")
        return answer.status == 200 and answer.json["data"]["status"] == "connected"

    until(connected, 30, "the session is connected", product.daemon)


@pytest.fixture(scope="module", params=["nginx", "socket", "fcgid", "cgi", "ea-nginx"])
def server(request, directory: Path, hosting: Hosting) -> Iterator[Server]:
    if request.param == "nginx":
        yield Server("nginx", hosting.installation.nginx.port, None, None)
        return
    flavour, handler = {
        "socket": (apache.CPANEL, "proxy:unix:"),
        "fcgid": (apache.FCGID, "fcgid-script"),
        "cgi": (apache.CGI, "cgi-script"),
        "ea-nginx": (apache.CPANEL, "proxy:unix:"),
    }[request.param]
    running = Apache(directory / f"apache-{request.param}", hosting.web_root, flavour, ACCOUNT)
    if request.param == "ea-nginx":
        proxy = CachingProxy(directory / "ea-nginx", running.port)
        yield Server(request.param, proxy.port, handler, running)
        proxy.stop()
    else:
        yield Server(request.param, running.port, handler, running)
    running.stop()


@pytest.fixture
def api(server: Server, hosting: Hosting) -> API:
    return API(server.base_url, hosting.key)


@pytest.fixture
def customer(sandbox: Sandbox) -> Phone:
    return sandbox.new_phone("Customer")


def call(server: Server, method: str, target: str, body=None, headers: dict[str, str] | None = None) -> Answer:
    """`target` goes out as it stands; a list as body goes out in chunks, without Content-Length."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    try:
        chunked = isinstance(body, list)
        head = (headers or {}) | ({"Transfer-Encoding": "chunked"} if chunked else {})
        connection.request(method, target, iter(body) if chunked else body, head, encode_chunked=chunked)
        response = connection.getresponse()
        fields: dict[str, str] = {}
        for name, value in response.getheaders():
            assert name.lower() not in fields or name.lower() in ("vary", "connection"), f"{name} twice"
            fields[name.lower()] = value
        return Answer(response.status, fields, response.read())
    finally:
        connection.close()


def assert_not_stored_by_proxies(answer: Answer) -> None:
    assert answer.headers["cache-control"] == "no-store"
    # nginx obeys it and takes it away.
    assert answer.headers.get("x-accel-expires", "0") == "0"


def assert_problem(answer: Answer, status: int, code: str) -> None:
    """The whole envelope of an error."""
    assert (answer.status, answer.json.get("code")) == (status, code), answer.body[:500]
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["x-request-id"] == answer.json["request_id"]
    assert answer.json["success"] is False
    assert answer.json["message"] and answer.json["error"]
    assert_not_stored_by_proxies(answer)


def text_for(phone: Phone, **fields) -> dict:
    return {"to": phone.number, "message": f"{uuid.uuid4().hex} Grüße, שלום, 🚲"} | fields


@contextmanager
def all_slots_taken(hosting: Hosting) -> Iterator[None]:
    """As if as many requests were waiting as may: two, unless configured otherwise."""
    slots = hosting.installation.run_directory / "slots"
    slots.mkdir(mode=0o700, exist_ok=True)
    with ExitStack() as held:
        for number in range(2):
            file = held.enter_context(open(slots / str(number), "a"))
            if ACCOUNT:
                shutil.chown(slots, ACCOUNT)
                shutil.chown(file.name, ACCOUNT)
            # Whoever waits still has a few seconds at most.
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def slot_is_taken(hosting: Hosting) -> bool:
    with open(hosting.installation.run_directory / "slots" / "0", "a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


@contextmanager
def daemon_asleep(hosting: Hosting) -> Iterator[None]:
    """Rings reach the daemon, but nothing is answered."""
    os.kill(hosting.installation.daemon.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(hosting.installation.daemon.pid, signal.SIGCONT)


def begin_request(server: Server, hosting: Hosting, length: int, body: bytes) -> socket.socket:
    """A client that announces `length` bytes, sends these and then nothing more."""
    connection = socket.create_connection(("127.0.0.1", server.port), timeout=30)
    connection.sendall(
        b"POST /api/v1/messages/send-text HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + f"X-API-Key: {hosting.key}\r\nContent-Length: {length}\r\n\r\n".encode() + body
    )
    return connection


def assert_answers_at_once(api: API) -> None:
    """More often than there are workers, so that none of them can be stuck unnoticed."""
    for _ in range(2 * CROWD):
        began = time.monotonic()
        assert api.get("health").status == 200
        assert api.get("messages/0").status == 404
        assert time.monotonic() - began < AT_ONCE_S


def test_health_and_the_way_it_took(server: Server):
    answer = call(server, "GET", "/api/v1/health")
    assert answer.status == 200 and answer.json["success"] is True
    assert answer.headers["content-type"] == "application/json"
    assert_not_stored_by_proxies(answer)
    if server.apache:
        until(lambda: server.apache.ways() != [], 10, "Apache wrote its log", server.apache.process)
        assert all(way.startswith(server.handler) for way in server.apache.ways())


def test_keys(server: Server, hosting: Hosting):
    for headers in ({}, {"X-API-Key": "wrong"}, {"X-API-Key": ""}, {"Authorization": f"Bearer {hosting.key}"}):
        assert_problem(call(server, "GET", "/api/v1/session/status", headers=headers), 401, "unauthorized")
    assert call(server, "GET", "/api/v1/session/status", headers={"x-api-KEY": hosting.key}).status == 200


def test_permissions(server: Server, hosting: Hosting, customer: Phone):
    reader = API(server.base_url, hosting.key_with("--permissions", "session:read"))
    assert reader.get("session/status").status == 200
    assert_problem(reader.post("messages/send-text", text_for(customer)), 403, "forbidden")


def test_the_caller_is_who_the_web_server_says(server: Server, hosting: Hosting):
    key = hosting.key_with()
    row = f"UPDATE wa_api_keys SET allowed_ips = '%s' WHERE key_hash = SHA2('{key}', 256);"
    hosting.installation.sql(row % "127.0.0.1")
    assert API(server.base_url, key).get("session/status").status == 200
    hosting.installation.sql(row % "192.0.2.1")
    claims = {"X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1", "Client-IP": "192.0.2.1", "Remote-Addr": "192.0.2.1"}
    assert_problem(API(server.base_url, key).get("session/status", headers=claims), 403, "address_not_allowed")


@pytest.mark.parametrize(
    ("method", "path", "body", "status", "code"),
    [
        ("GET", "nowhere", None, 404, "not_found"),
        ("GET", "messages/0", None, 404, "message_not_found"),
        ("GET", "messages/send-text", None, 405, "method_not_allowed"),
        ("POST", "health", b"{}", 405, "method_not_allowed"),
        ("POST", "messages/send-text", b"{", 400, "bad_request"),
        ("POST", "messages/send-text", b"[]", 400, "bad_request"),
        ("POST", "messages/send-text", b"{}", 400, "validation_failed"),
        ("POST", "messages/send-text", b'{"to":"123","message":"x"}', 400, "validation_failed"),
        ("POST", "messages/send-text", b'{"to":"96899999997","message":"x"}', 404, "not_on_whatsapp"),
    ],
)
def test_errors(server: Server, hosting: Hosting, method: str, path: str, body: bytes | None, status: int, code: str):
    headers = {"X-API-Key": hosting.key, "Content-Type": "application/json"}
    answer = call(server, method, f"/api/v1/{path}", body, headers)
    assert_problem(answer, status, code)
    assert ("allow" in answer.headers) == (status == 405)


def test_a_type_that_is_not_understood(server: Server, hosting: Hosting):
    headers = {"X-API-Key": hosting.key, "Content-Type": "text/xml"}
    assert_problem(call(server, "POST", "/api/v1/messages/send-text", b"<to/>", headers), 415, "unsupported_media_type")


def test_a_session_that_is_not_linked(server: Server, hosting: Hosting, customer: Phone):
    name = f"spare-{server.name}"
    hosting.installation.command("sessions", "add", name)
    answer = API(server.base_url, hosting.key_with("--session", name)).post("messages/send-text", text_for(customer))
    assert_problem(answer, 503, "not_connected")
    assert int(answer.headers["retry-after"]) > 0


def test_limits_and_their_headers(server: Server, hosting: Hosting):
    limited = API(server.base_url, hosting.key_with("--general-limit", "3"))
    for left in (2, 1, 0):
        answer = limited.get("session/status")
        assert answer.status == 200
        assert (answer.headers["ratelimit-limit"], answer.headers["ratelimit-remaining"]) == ("3", str(left))
        assert 0 < int(answer.headers["ratelimit-reset"]) <= 900
    answer = limited.get("session/status")
    assert_problem(answer, 429, "rate_limited")
    assert answer.headers["ratelimit-remaining"] == "0"
    assert answer.headers["retry-after"] == answer.headers["ratelimit-reset"]


def test_a_text_arrives(api: API, customer: Phone):
    text = text_for(customer)
    sent = api.send_text(customer.number, text["message"])
    assert customer.wait_message(id=sent["message_id"])["text"] == text["message"]
    row = api.get(f"messages/{sent['message_id']}").json["data"]
    assert row["content"] == text["message"]


@pytest.mark.parametrize("kind", ["form", "multipart"])
def test_bodies_as_php_sends_them(server: Server, hosting: Hosting, customer: Phone, kind: str):
    fields = text_for(customer)
    if kind == "form":
        body, content_type = urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    else:
        part = '--b\r\nContent-Disposition: form-data; name="{}"\r\n\r\n{}\r\n'
        body = ("".join(part.format(*field) for field in fields.items()) + "--b--\r\n").encode()
        content_type = "multipart/form-data; boundary=b"
    answer = call(server, "POST", "/api/v1/messages/send-text", body, {"X-API-Key": hosting.key, "Content-Type": content_type})
    assert answer.status == 200, answer.body
    assert customer.wait_message(id=answer.json["data"]["message_id"])["text"] == fields["message"]


def test_the_same_request_twice(api: API, customer: Phone):
    text, key = text_for(customer), {"Idempotency-Key": uuid.uuid4().hex}
    first, again = (api.post("messages/send-text", text, headers=key) for _ in range(2))
    assert first.status == again.status == 200
    assert first.json["data"]["message_id"] == again.json["data"]["message_id"]
    assert_problem(api.post("messages/send-text", text_for(customer), headers=key), 409, "idempotency_conflict")


# Apache refuses some before it looks for a handler; its own page is then as good as our answer, as long as it is one of these statuses.
@pytest.mark.parametrize(
    ("target", "statuses"),
    [
        ("/api/v1/health?", {200}),
        ("/api/v1/health?a=%zz&b=%C3&=&&", {200, 400}),
        ("/api/v1/health/", {200}),
        ("/api/v1/%68ealth", {200}),
        ("//api//v1//health", {200}),
        # nginx adds the slash.
        ("/api/v1", {301, 404}),
        ("/api/v1/", {404}),
        ("/api/v1/v1/health", {404}),
        ("/api/v1/health/v1/health", {404}),
        ("/api/v1/messages/a%40s.whatsapp.net", {404}),
        ("/api/v1/messages/a@s.whatsapp.net", {404}),
        ("/api/v1/messages/a%25b", {404}),
        ("/api/v1/messages/a%2525b%2541", {404}),
        ("/api/v1/messages/a+b;c=d,e&f'(g)!*~", {404}),
        ("/api/v1/messages/%3Fa%3Db", {404}),
        ("/api/v1/messages/%E2%9C%93%F0%9F%9A%B2", {404}),
        ("/api/v1/messages/%C3%28", {400}),
        ("/api/v1/messages/%FF", {400}),
        ("/api/v1/messages/%00", {400, 404}),
        ("/api/v1/messages/a%2Fb", {404}),
        ("/api/v1/messages/a%5Cb", {404}),
        ("/api/v1/messages/%zz", {400, 404}),
        ("/api/v1/messages/a%0D%0AX-Injected:%20yes", {404}),
        ("/api/v1/messages/..%2f..%2fwa-connect.conf", {400, 404}),
        ("/api/v1/messages/" + "a" * 6000, {403, 404}),
        ("/api/v1/messages/log?limit=1&jid=a%40b%2Fc", {200, 400}),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_odd_paths(server: Server, hosting: Hosting, target: str, statuses: set[int]):
    answer = call(server, "GET", target, headers={"X-API-Key": hosting.key})
    assert answer.status in statuses, answer.body[:300]
    assert "x-injected" not in answer.headers
    if answer.headers["content-type"] == "application/json":
        assert answer.json["success"] is (answer.status == 200)
        assert_not_stored_by_proxies(answer)
    else:
        assert answer.status != 200 and len(statuses) > 1 or "%2F" in target, answer.body[:300]


def test_the_program_may_be_named_in_the_path(server: Server):
    """nginx in front of Apache without `.htaccess` passes on nothing but such paths."""
    if server.apache:
        answer = call(server, "GET", "/api/api.cgi/v1/health")
        assert answer.status == 200 and answer.json["success"] is True


@pytest.mark.parametrize("extra", [0, 1])
def test_a_body_of_a_mebibyte(server: Server, hosting: Hosting, customer: Phone, extra: int):
    """The largest that is taken, and one byte more."""
    fields = text_for(customer)
    filler = MIB + extra - len(json.dumps(fields | {"filler": ""}).encode())
    body = json.dumps(fields | {"filler": "x" * filler}).encode()
    assert len(body) == MIB + extra
    answer = call(server, "POST", "/api/v1/messages/send-text", body, {"X-API-Key": hosting.key, "Content-Type": "application/json"})
    if extra:
        assert_problem(answer, 413, "body_too_large")
    else:
        assert answer.status == 200, answer.body
        assert customer.wait_message(id=answer.json["data"]["message_id"])["text"] == fields["message"]


def test_a_body_far_above_the_limit(server: Server, hosting: Hosting):
    headers = {"X-API-Key": hosting.key, "Content-Type": "application/json"}
    body = b'{"to":"' + b"1" * (8 * MIB) + b'"}'
    assert_problem(call(server, "POST", "/api/v1/messages/send-text", body, headers), 413, "body_too_large")


def test_uploads_in_chunks(server: Server, hosting: Hosting, customer: Phone):
    fields = text_for(customer, filler="x" * 200_000)
    body = json.dumps(fields).encode()
    pieces = [body[:1], body[1:70_000], body[70_000:]]
    headers = {"X-API-Key": hosting.key, "Content-Type": "application/json"}
    answer = call(server, "POST", "/api/v1/messages/send-text", pieces, headers)
    assert answer.status == 200, answer.body
    assert customer.wait_message(id=answer.json["data"]["message_id"])["text"] == fields["message"]
    too_much = [b"x" * 65_536] * 17
    assert_problem(call(server, "POST", "/api/v1/messages/send-text", too_much, headers), 413, "body_too_large")


def test_head(server: Server, hosting: Hosting):
    for path, key, status in (("health", {}, 200), ("session/status", {"X-API-Key": hosting.key}, 200), ("session/status", {}, 401)):
        answer = call(server, "HEAD", f"/api/v1/{path}", headers=key)
        assert (answer.status, answer.body) == (status, b"")
        assert answer.headers["content-type"] == "application/json"
        assert_not_stored_by_proxies(answer)


def test_options(server: Server, hosting: Hosting):
    answer = call(server, "OPTIONS", "/api/v1/messages/send-text", headers={"Origin": "https://shop.example"})
    assert (answer.status, answer.body, answer.headers["allow"]) == (204, b"", "POST, OPTIONS")
    assert "access-control-allow-origin" not in answer.headers
    assert_not_stored_by_proxies(answer)


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "PROPFIND"])
def test_other_methods(server: Server, hosting: Hosting, method: str):
    answer = call(server, method, "/api/v1/session/status", b"{}", {"X-API-Key": hosting.key})
    assert_problem(answer, 405, "method_not_allowed")
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


def test_nothing_but_answers_is_served(server: Server, hosting: Hosting):
    secrets = [b"secret.key", b"RewriteRule", b"exec ", b"fastcgi_pass", b"\x7fELF", b"Index of", b"public_html/api"]
    for target in (
        "/api/.htaccess", "/api/api.cgi", "/api/api.fcgi", "/api/README.md", "/api/nginx.conf", "/api/left-behind.txt", "/api/",
        "/api/../wa-connect.conf", "/api/v1/../../../wa-connect.conf", "/api/%2e%2e/%2e%2e/wa-connect.conf", "/api/..%2f..%2fwa-connect.conf",
        "/api/v1/../left-behind.txt", "/api/v1/health/../../../api/api.cgi", "/api/api.cgi/../left-behind.txt", "/api/%2ehtaccess",
        "/api/left-behind.txt%00", "/api/left-behind.txt/", "/api/api.cgi%20", "/api/API.CGI",
    ):
        for method in ("GET", "POST"):
            answer = call(server, method, target, b"" if method == "POST" else None, {"X-API-Key": hosting.key})
            site_above = answer.body == b"the site above" and ".." in target
            assert answer.status in (400, 403, 404, 405) or site_above, (target, answer.status, answer.body[:200])
            assert [secret for secret in secrets if secret in answer.body] == [], target


def test_nobody_waits_when_all_slots_are_taken(server: Server, hosting: Hosting, api: API, customer: Phone):
    with all_slots_taken(hosting), daemon_asleep(hosting):
        began = time.monotonic()
        answer = api.post("messages/send-text", text_for(customer))
        assert time.monotonic() - began < AT_ONCE_S
        assert (answer.status, answer.json["data"]["status"]) == (200, "pending")
    assert customer.wait_message(id=answer.json["data"]["message_id"]), "the ring was heard when the daemon woke up"


@pytest.mark.parametrize("slots", ["free", "taken"])
def test_slow_clients_hold_nobody_up(server: Server, hosting: Hosting, api: API, slots: str):
    """More of them than workers, each with enough of a body that Apache has begun to pass it on."""
    with ExitStack() as clients:
        if slots == "taken":
            clients.enter_context(all_slots_taken(hosting))
        for _ in range(CROWD):
            clients.enter_context(begin_request(server, hosting, 100_000, b'{"to":"' + b"1" * 60_000))
        assert_answers_at_once(api)
    assert_answers_at_once(api)


def test_a_slow_client_is_waited_for_in_a_slot(server: Server, hosting: Hosting, customer: Phone):
    """What it sent before and after the pause is one body."""
    fields = text_for(customer)
    body = json.dumps(fields | {"filler": "x" * 100_000}).encode()
    with begin_request(server, hosting, len(body), body[:70_000]) as slow:
        if server.passes_bodies_on:
            until(lambda: slot_is_taken(hosting), 10, "the program waits in a slot", server.apache.process)
        slow.sendall(body[70_000:])
        response = http.client.HTTPResponse(slow)
        response.begin()
        answer = json.loads(response.read())
    assert response.status == 200, answer
    assert customer.wait_message(id=answer["data"]["message_id"])["text"] == fields["message"]


def test_no_answer_is_kept_for_somebody_else(server: Server, hosting: Hosting):
    key = {"X-API-Key": hosting.key}
    for path in ("session/status", "contacts?limit=1", "messages/log", "messages/nothing-has-this-id"):
        first, stranger = (call(server, "GET", f"/api/v1/{path}", headers=headers) for headers in (key, {}))
        assert (first.status, stranger.status) == (404 if path.endswith("id") else 200, 401)
        if server.name == "ea-nginx":
            assert first.headers["x-cache"] == stranger.headers["x-cache"] == "MISS"
    if server.name == "ea-nginx":
        # What may be kept is kept: the cache is at work.
        site = [call(server, "GET", "/index.html").headers["x-cache"] for _ in range(2)]
        assert site == ["MISS", "HIT"]


def test_clients_that_go_away_hold_nobody_up(server: Server, hosting: Hosting, api: API, customer: Phone):
    with daemon_asleep(hosting):
        texts = [text_for(customer) for _ in range(CROWD)]
        for text in texts:
            body = json.dumps(text).encode()
            begin_request(server, hosting, len(body), body).close()
            # And in the middle of a body.
            begin_request(server, hosting, len(body), body[:20]).close()
        assert_answers_at_once(api)
    assert_answers_at_once(api)


# Where the socket is there and where it is not.


@pytest.mark.parametrize(
    ("flavour", "fallback"), [(apache.CPANEL, "cgi-script"), (apache.EVERYTHING, "fcgid-script")], ids=lambda value: getattr(value, "name", value)
)
def test_the_way_changes_with_the_socket(directory: Path, hosting: Hosting, customer: Phone, flavour: apache.Flavour, fallback: str):
    running = Apache(directory / f"apache-switching-{flavour.name}", hosting.web_root, flavour, ACCOUNT)
    try:
        api = API(running.base_url, hosting.key)

        def way() -> str:
            before = len(running.ways())
            assert api.get("health").status == 200
            until(lambda: len(running.ways()) > before, 10, "Apache wrote its log", running.process)
            return running.ways()[-1]

        assert way().startswith("proxy:unix:")
        hosting.installation.command("stop")
        until(lambda: not (hosting.installation.run_directory / "api.sock").exists(), 10, "the socket is gone", running.process)
        assert way() == fallback
        assert api.get("session/status").json["data"]["daemon"] == "stopped"
        answer = api.post("messages/send-text", text_for(customer))
        assert_problem(answer, 503, "daemon_stopped")
        assert int(answer.headers["retry-after"]) > 0
        hosting.installation.start()
        assert way().startswith("proxy:unix:")
        wait_connected(hosting.installation, api)
        assert api.send_text(customer.number, "here again")["status"] == "sent"
    finally:
        running.stop()


def test_a_server_that_can_start_nothing_shows_nothing(directory: Path, hosting: Hosting):
    running = Apache(directory / "apache-nothing", hosting.web_root, apache.NOTHING, ACCOUNT)
    try:
        for path in ("v1/health", "api.cgi", "api.fcgi", ".htaccess", "left-behind.txt", ""):
            answer = call(Server("nothing", running.port, None, running), "GET", f"/api/{path}")
            assert answer.status in (403, 503), path
            assert answer.headers["cache-control"] == "no-store"
            assert b"exec" not in answer.body and b"secret" not in answer.body
    finally:
        running.stop()
