"""Bad input of every kind, for every call and every field that docs/openapi.yaml describes: a 4xx that names the field, and nothing is done."""

import http.client
import json
import re
import urllib.parse
import uuid
from collections.abc import Iterator

import pytest
from Environment.http_json import Answer
from Environment.installation import UNLIMITED, Installation
from Environment.reference import Call, calls, resolved
from Environment.sandbox import Phone, Sandbox

MIB = 1 << 20
JSON = "application/json"
DEEP = "[" * 10_000 + "]" * 10_000
NAMED = "validation_failed"
# A number with which nothing is ever sent: nobody has it.
NOBODY = "96899999996"
# What stands for the examples' own words.
EXAMPLES = {"968XXXXXXXX": NOBODY}
# Where bad input must leave no row.
TABLES = ("wa_outbox", "wa_bulk_jobs", "wa_actions", "wa_webhooks", "wa_sessions")

KEYED = [call for call in calls() if call.needs_key]
WITH_BODY = [call for call in KEYED if JSON in call.bodies]
WITH_FIELDS = [call for call in WITH_BODY if call.fields]
WITH_QUERY = [call for call in KEYED if any(each["in"] == "query" for each in call.parameters)]


class Caller:
    """One connection to nginx, with a key that is never limited."""

    def __init__(self, installation: Installation, key: str):
        self.port, self.key = installation.nginx.port, key
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(self, call: Call, body: bytes | str | None = None, kind: str = JSON, target: str | None = None, **headers: str | None) -> Answer:
        """`headers` with underscores for dashes; None leaves one out."""
        head = {"X-API-Key": self.key, "Content-Type": kind} | {name.replace("_", "-"): value for name, value in headers.items()}
        data = body.encode() if isinstance(body, str) else body
        if data is None and call.method == "post":
            data = b""
        method = headers.pop("method", None) or call.method.upper()
        head = {name: value for name, value in head.items() if value is not None and name != "method"}
        self._connection.request(method, f"/api/v1/{target or call.target()}", data, head)
        response = self._connection.getresponse()
        return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, response.read())


@pytest.fixture(scope="module")
def caller(installation: Installation, business: Phone, sandbox: Sandbox) -> Caller:
    caller = Caller(installation, installation.create_key("bad input", *UNLIMITED))
    # A message that can be named.
    friend = sandbox.new_phone("Friend of bad input")
    EXAMPLES["3EB0XXXXX"] = installation.api(caller.key).send_text(friend.number, "here to be named")["message_id"]
    return caller


@pytest.fixture(scope="module", autouse=True)
def nothing_is_done(installation: Installation, caller: Caller) -> Iterator[None]:
    """Whatever was refused has left no row and changed none."""
    counts = ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in TABLES)
    state = f"SELECT {counts}, (SELECT GROUP_CONCAT(url, active) FROM wa_webhooks), (SELECT GROUP_CONCAT(id, active) FROM wa_api_keys)"
    before = installation.sql(state)
    yield
    assert installation.sql(state) == before


def good(call: Call) -> dict:
    """The example's fields, to nobody."""
    return {name: filled(value) for name, value in call.example.items()}


def filled(value: object) -> object:
    if isinstance(value, list):
        return [filled(item) for item in value]
    return EXAMPLES.get(value, value) if isinstance(value, str) else value


def is_nullable(schema: dict) -> bool:
    return "null" in schema.get("type", [])


def allows(schema: dict, name: str) -> bool:
    kinds = schema.get("type", [])
    return name in ([kinds] if isinstance(kinds, str) else kinds)


def wrong_types(schema: dict) -> Iterator[str]:
    """JSON texts of values of a type that the field does not have."""
    for name, texts in {
        "string": ['"no such thing"', '""'], "integer": ["5"], "number": ["1.5"], "boolean": ["true"], "object": ['{"a":1}'], "array": ["[]", '["x"]'],
    }.items():
        if not allows(schema, name) and not (name == "integer" and allows(schema, "number")):
            yield from texts
    if allows(schema, "integer"):
        yield from ["1.5", "1e2", "1e400", "-0.5"]


def bad_values(schema: dict) -> Iterator[str]:
    """JSON texts of values of the right type."""
    pattern = schema.get("pattern", "")
    if allows(schema, "string"):
        yield r'"a\u0000b"'
        # Empty counts as absent, where that may be.
        if "minLength" in schema or not re.search(pattern, ""):
            yield '""'
        if pattern and not re.search(pattern, " \t\n"):
            yield '" \\t\\n"'
        if "enum" in schema:
            yield from ['"nonsense"', '"All"']
        if "maxLength" in schema and schema["maxLength"] * 4 < MIB:
            yield json.dumps("x" * (schema["maxLength"] + 1))
            yield json.dumps("😀" * (schema["maxLength"] + 1), ensure_ascii=False)
        if pattern.startswith("^"):
            yield from (json.dumps(text, ensure_ascii=False) for text in ("\r\nX-Evil: 1", "!", "\u0661\u0662") if not re.search(pattern, text))
    if allows(schema, "array"):
        yield from bad_lists(schema)
    if "propertyNames" in schema:
        yield from ('{"X-A":5}', '{"X-A":"a\\r\\nX-Evil: 1"}', '{"a b":"1"}', '{"X-A\\r\\nX-Evil":"1"}', '{"":"1"}', '{"Content-Length":"5"}', '{"X-A":null}')
        yield json.dumps({f"X-{number}": "1" for number in range(schema["maxProperties"] + 1)})
    if allows(schema, "integer") or allows(schema, "number"):
        if "minimum" in schema:
            yield str(schema["minimum"] - 1)
            yield "-9223372036854775808"
        if "maximum" in schema:
            yield str(schema["maximum"] + 1) if schema["maximum"] < 2**63 - 1 else "9223372036854775808"
        yield "1" + "0" * 30


def bad_lists(schema: dict) -> Iterator[str]:
    """With items that are wrong, with none, with too many."""
    items = resolved(schema.get("items", {}))
    if items:
        yield from (f"[{text}]" for text in ("true", "null", "[]", "{}", "1.5", *bad_values(items)))
    if schema.get("minItems"):
        yield "[]"
    if "maxItems" in schema:
        one = items["enum"][-1] if "enum" in items else "192.0.2.1" if ":." in items.get("pattern", "") else 1234567
        yield json.dumps([one] * (schema["maxItems"] + 1))


def with_field(call: Call, name: str, text: str) -> str:
    """The good body with that field's JSON text."""
    members = [f"{json.dumps(key)}:{json.dumps(value)}" for key, value in good(call).items() if key != name]
    return "{" + ",".join([*members, f"{json.dumps(name)}:{text}"]) + "}"


def complaint(call: Call, answer: Answer, name: str | None, codes: tuple[str, ...] = (NAMED,), statuses: tuple[int, ...] = (400,)) -> list[str]:
    """What is wrong with the refusal; with a `name` it has to name that field."""
    try:
        code, error = answer.json.get("code"), answer.json.get("error", "")
    except ValueError:
        return [f"{answer.status}, not JSON: {answer.body[:100]!r}"]
    problems = call.problems_of(answer)
    if answer.status not in statuses or code not in codes:
        problems.append(f"{answer.status} {code} {error[:200]}")
    elif name is not None and f"`{name}" not in error:
        problems.append(f"does not name the field: {error[:200]}")
    return problems


def fail(problems: dict[str, list[str]]) -> None:
    shown = [f"{what[:120]}: {'; '.join(found)[:400]}" for what, found in problems.items() if found]
    assert shown == [], "\n" + "\n".join(shown)


@pytest.mark.parametrize("call", WITH_FIELDS, ids=str)
def test_fields_that_are_missing_or_null(caller: Caller, call: Call):
    found = {}
    for name, schema in call.fields.items():
        missing = {key: value for key, value in good(call).items() if key != name}
        for what, body in {"missing": json.dumps(missing), "null": with_field(call, name, "null")}.items():
            if name in call.required:
                found[f"{name} {what}"] = complaint(call, caller.ask(call, body), name)
    fail(found)


@pytest.mark.parametrize("call", WITH_FIELDS, ids=str)
def test_fields_of_the_wrong_type_and_with_bad_values(caller: Caller, call: Call):
    found = {}
    for name, schema in call.fields.items():
        for text in [*wrong_types(schema), *bad_values(schema)]:
            found[f"{name} = {text}"] = complaint(call, caller.ask(call, with_field(call, name, text)), name)
    fail(found)


@pytest.mark.parametrize("call", WITH_FIELDS, ids=str)
def test_of_a_field_given_twice_the_last_counts(caller: Caller, call: Call):
    found = {}
    for name in call.fields:
        first = json.dumps(good(call).get(name))
        body = with_field(call, name, first)[:-1] + f',{json.dumps(name)}:{{"a":[]}}}}'
        found[name] = complaint(call, caller.ask(call, body), name)
    fail(found)


@pytest.mark.parametrize("call", WITH_BODY, ids=str)
def test_bodies_that_are_not_what_they_say(caller: Caller, call: Call):
    bodies: dict[str, bytes] = {
        "cut off": b"{", "half a pair": b'{"to"', "no object": b'["to"]', "a string": b'"to"', "null": b"null", "a number": b"5",
        "single quotes": b"{'to':'1'}", "trailing comma": b'{"to":"1",}', "a comment": b'{"to":"1"/*x*/}', "two values": b"{}{}",
        "bad UTF-8": b'{"to":"\xff\xfe"}', "bad UTF-8 in an unknown field": b'{"zzz":"\xc3"}', "overlong UTF-8": b'{"zzz":"\xc0\xaf"}',
        "a surrogate in UTF-8": b'{"zzz":"\xed\xa0\x80"}', "half a surrogate pair": b'{"zzz":"\\ud83d"}', "UTF-16": '{"to":"1"}'.encode("utf-16"),
        "a control character": b'{"zzz":"\x01"}', "a line feed": b'{"zzz":"\n"}', "a NUL": b'{"zzz":1}\x00', "NaN": b'{"zzz":NaN}', "a hex number": b'{"zzz":0x10}',
        "leading zeros": b'{"zzz":007}', "deep arrays": b'{"zzz":' + DEEP.encode() + b"}", "deep objects": b'{"a":' * 10_000 + b"1" + b"}" * 10_000,
        "a bad escape": b'{"zzz":"\\x41"}',
    }
    found = {what: complaint(call, caller.ask(call, body), None, ("bad_request",)) for what, body in bodies.items()}
    for what, kind, body in [
        ("form, bad UTF-8", "application/x-www-form-urlencoded", "to=%FF"), ("form, bad name", "application/x-www-form-urlencoded", "%FF=1"),
        ("form, many fields", "application/x-www-form-urlencoded", "&".join(f"a{number}=1" for number in range(1_001))),
        ("multipart, no boundary", "multipart/form-data", "--b\r\n"), ("multipart, empty boundary", 'multipart/form-data; boundary=""', "--b\r\n"),
        ("multipart, other boundary", "multipart/form-data; boundary=b", "--c--\r\n"),
        ("multipart, cut off", "multipart/form-data; boundary=b", '--b\r\nContent-Disposition: form-data; name="to"\r\n\r\n1'),
        ("multipart, no name", "multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data\r\n\r\n1\r\n--b--\r\n"),
        ("multipart, no header", "multipart/form-data; boundary=b", "--b\r\n1\r\n--b--\r\n"),
        ("multipart, long boundary", f"multipart/form-data; boundary={'b' * 201}", "--b--\r\n"),
    ]:
        found[what] = complaint(call, caller.ask(call, body, kind), None, ("bad_request",))
    for kind in ("text/xml", "text/plain", "application/octet-stream", "nonsense", ""):
        found[f"type {kind}"] = complaint(call, caller.ask(call, "<to/>", kind), None, ("unsupported_media_type",), (415,))
    large = json.dumps({"zzz": "x" * MIB})
    found["too large"] = complaint(call, caller.ask(call, large), None, ("body_too_large",), (413,))
    fail(found)


@pytest.mark.parametrize("call", WITH_QUERY, ids=str)
def test_bad_queries(caller: Caller, call: Call):
    found = {}
    for parameter in (each for each in call.parameters if each["in"] == "query"):
        name, schema = parameter["name"], parameter["schema"]
        bad = ["%00", "x" * 3_000]
        if "enum" in schema:
            bad += ["nonsense", "INBOUND", "%20"]
        if allows(schema, "integer") and not allows(schema, "string"):
            bad += ["x", "1.5", "1e3", "0x10", "-1", "%2B-1", "99999999999999999999", "9223372036854775808", "%D9%A1", "1%201"]
            bad += [str(schema["minimum"] - 1)] if "minimum" in schema else []
        for value in bad:
            target = f"{call.target()}?{name}={value}"
            found[target] = complaint(call, caller.ask(call, target=target), name)
        for value in ("[]=1", "[0]=1&%s[1]=2" % name):
            target = f"{call.target()}?{name}{value}"
            found[target] = complaint(call, caller.ask(call, target=target), name)
        target = f"{call.target()}?{name}=%FF"
        found[target] = complaint(call, caller.ask(call, target=target), name, ("bad_request",))
    fail(found)


@pytest.mark.parametrize("call", [call for call in calls() if "{" in call.path], ids=str)
def test_bad_paths(caller: Caller, call: Call):
    names = [each["name"] for each in call.parameters if each["in"] == "path"]
    found = {}
    target = call.target(**dict.fromkeys(names, "%FF"))
    found[target] = complaint(call, caller.ask(call, target=target), None, ("bad_request",))
    # nginx refuses a NUL and what leads out of /api/v1 by itself.
    for value in ("a%00b", "..%2F..%2Fetc%2Fpasswd"):
        assert caller.ask(call, target=call.target(**dict.fromkeys(names, value))).status in (400, 404)
    for value in ("-1", "0", "9" * 40, "x" * 3_000, "%F0%9F%98%80", "a%2Fb", "%0D%0AX-Evil:%201", "1%20OR%201=1", "'", "%25", "1;drop", "%3Cscript%3E"):
        target = call.target(**dict.fromkeys(names, value))
        answer = caller.ask(call, target=target)
        found[target] = call.problems_of(answer) + ([] if answer.status in (400, 404) else [f"{answer.status} {answer.body[:200]!r}"])
        assert "x-evil" not in answer.headers and b"<script>" not in answer.body
    fail(found)


@pytest.mark.parametrize("call", KEYED, ids=str)
def test_keys_methods_and_headers(installation: Installation, caller: Caller, call: Call):
    found = {}
    # Guessing keys is limited; not what this is about.
    installation.sql("DELETE FROM wa_rate_counters WHERE subject LIKE 'ip:%'")
    for key in (None, "", "x", "' OR 1=1 -- ", "x" * 6_000, "\xff\xfe", "a\tb"):
        found[f"key {key!r}"] = complaint(call, caller.ask(call, "{}", X_API_Key=key), None, ("unauthorized",), (401,))
    for method in ("PUT", "DELETE", "PATCH", "GET" if call.method == "post" else "POST", "PROPFIND"):
        if method in {each.method.upper() for each in calls() if each.path == call.path}:
            continue
        answer = caller.ask(call, None, method=method)
        found[method] = complaint(call, answer, None, ("method_not_allowed", "not_found"), (405, 404))
        assert answer.status == 404 or call.method.upper() in answer.headers.get("allow", ""), (method, answer.headers)
    if any(each["name"] == "Idempotency-Key" for each in call.parameters):
        for value in ("", " ", "x" * 129, "a\tb", "\xe9", "a\x7fb"):
            answer = caller.ask(call, json.dumps(good(call)), Idempotency_Key=value)
            found[f"Idempotency-Key {value!r}"] = complaint(call, answer, "Idempotency-Key")
    for headers in ({"Origin": "https://evil.example\x7f"}, {"X-Forwarded-For": "1.1.1.1, \x7f"}, {"Content_Type": "application/json; charset=\xff"}):
        answer = caller.ask(call, "{", **headers) if call in WITH_BODY else caller.ask(call, X_API_Key="x", **headers)
        found[str(headers)] = complaint(call, answer, None, ("bad_request", "unauthorized"), (400, 401))
        assert "access-control-allow-origin" not in answer.headers
    fail(found)


def test_addresses_that_are_too_long_or_of_nothing(caller: Caller):
    health = next(call for call in calls() if call.path == "/health")
    for target, statuses in {
        "x" * 3_000: (404,), "x" * 60_000: (414,), "messages/" + "a/" * 1_000: (404,), "health?" + "a=1&" * 1_500: (414, 400, 200),
        "nothing%0d%0aX-Evil:%201": (404,), "..%2f..%2fetc/passwd": (404,), "%2e%2e/%2e%2e/etc/passwd": (400, 404), "messages%2flog": (404,),
        "MESSAGES/log": (404,), "messages/log%00": (400, 404),
    }.items():
        answer = caller.ask(health, target=target)
        assert answer.status in statuses, (target[:60], answer.status, answer.body[:200])
        assert "x-evil" not in answer.headers
    # An answer of ours echoes no header of the request.
    nonce = uuid.uuid4().hex
    answer = caller.ask(health, target="nothing", X_Request_Id=nonce, X_Evil=nonce, Host=f"{nonce}.example")
    assert nonce not in str(answer.headers) + answer.body.decode()


def test_forms_and_multipart_are_checked_alike(caller: Caller, sandbox: Sandbox):
    """What a form can not say otherwise than as text is understood; what makes no sense is refused by name."""
    send = next(call for call in calls() if call.path == "/messages/send-text")
    form = "application/x-www-form-urlencoded"
    multipart = "multipart/form-data; boundary=b"

    def parts(fields: dict[str, str]) -> str:
        return "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields.items()) + "--b--\r\n"

    found = {}
    for fields, name in [
        ({"message": "x"}, "to"), ({"to": "", "message": "x"}, "to"), ({"to": "12", "message": "x"}, "to"), ({"to": NOBODY}, "message"),
        ({"to": NOBODY, "message": " "}, "message"), ({"to": NOBODY, "message": "x", "queue": "maybe"}, "queue"),
        ({"to": NOBODY, "message": "x", "send_at": "tomorrow"}, "send_at"), ({"to[]": NOBODY, "message": "x"}, "to"),
    ]:
        found[f"form {fields}"] = complaint(send, caller.ask(send, urllib.parse.urlencode(fields), form), name)
        found[f"multipart {fields}"] = complaint(send, caller.ask(send, parts(fields), multipart), name)
    fail(found)
