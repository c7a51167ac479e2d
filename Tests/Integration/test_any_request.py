"""Whatever is asked, the API answers as docs/openapi.yaml says: schemathesis makes requests that fit the document, and many that do not.

The same requests at every run; WA_ANY_REQUEST=1000 makes more of them, and others.
"""

import os

import pytest
import schemathesis
from Environment.http_json import Answer
from Environment.reference import Call, document, strict_document
from Environment.shop import Shop
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi import checks as openapi_checks

MORE = int(os.environ.get("WA_ANY_REQUEST", "0"))
# These unlink and disconnect: after all others, and a few times only, since each waits for WhatsApp.
ENDS = "^/session/(connect|disconnect|logout)$|^/sessions/.name./(connect|disconnect|logout)$"
_SCHEMA = schemathesis.openapi.from_dict(strict_document())
_CHECKS = [
    openapi_checks.status_code_conformance, openapi_checks.content_type_conformance, openapi_checks.response_headers_conformance,
    openapi_checks.response_schema_conformance, openapi_checks.unsupported_method,
]
# That what does not fit is refused, and how, is test_bad_input.py's; so is what comes without a key.


def budget(examples: int) -> settings:
    return settings(
        max_examples=max(examples, MORE), deadline=None, derandomize=not MORE, database=None, suppress_health_check=list(HealthCheck))


def ask(case: schemathesis.Case, shop: Shop) -> None:
    headers = dict(case.headers or {})
    # The key is the right one wherever a request is not meant to lack it.
    headers = {name: value for name, value in headers.items() if name.lower() != "x-api-key"}
    if isinstance(case.body, dict) and isinstance(case.body.get("url"), str) and case.body["url"].lower().startswith("http"):
        # Nothing is posted to hosts that chance has named.
        case.body["url"] = "https://receiver.invalid/"
    response = case.call(base_url=shop.installation.nginx.base_url, headers=headers | {"X-API-Key": shop.api.key}, timeout=30)
    assert response.status_code < 500 or response.status_code == 503, (case.as_curl_command(), response.status_code, response.text)
    answer = Answer(response.status_code, {name.lower(): ", ".join(values) for name, values in response.headers.items()}, response.content)
    if case.method.lower() in document()["paths"].get(case.path, {}):
        operation = document()["paths"][case.path][case.method.lower()]
        assert Call(case.method.lower(), case.path, operation).problems_of(answer) == [], case.as_curl_command()
    # What the web server refuses by itself is no answer of ours: TRACE.
    if "x-request-id" in answer.headers:
        case.validate_response(response, checks=_CHECKS)


@pytest.fixture
def linked(shop: Shop) -> Shop:
    shop.link()
    return shop


@_SCHEMA.exclude(path_regex=ENDS).parametrize()
@budget(8)
def test_any_request(case: schemathesis.Case, linked: Shop):
    ask(case, linked)


@_SCHEMA.include(path_regex=ENDS).parametrize()
@budget(3)
def test_any_request_that_ends_the_session(case: schemathesis.Case, shop: Shop):
    ask(case, shop)
