"""docs/openapi.yaml, as tests read it: every call with its fields, and what an answer to it may be."""

import copy
import re
from dataclasses import dataclass
from functools import cache

import yaml
from jsonschema import Draft202012Validator

from .http_json import Answer
from .programs import ROOT

METHODS = ("get", "post")
# What may be answered wherever it is asked, and stands with no call of its own.
_EVERYWHERE = {404: {"not_found"}, 405: {"method_not_allowed"}, 400: {"bad_request"}}


class _Loader(yaml.SafeLoader):
    """A name that stands twice is a mistake: of the two only the last would count."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict:
    names = [loader.construct_object(key) for key, _ in node.value]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"docs/openapi.yaml{node.start_mark}: {twice} twice")
    return dict(loader.construct_pairs(node, deep=True))


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


@cache
def document() -> dict:
    return yaml.load((ROOT / "docs" / "openapi.yaml").read_text(), _Loader)


@cache
def strict_document() -> dict:
    """As `document`, but what is described with its properties has no others: an answer with a field that is not described is wrong."""
    strict = copy.deepcopy(document())
    requests = {name for call in calls() for media in call.bodies.values() for name in _named(media["schema"])}
    for name, schema in strict["components"]["schemas"].items():
        if name not in requests:
            _close(schema)
    return strict


def _named(schema: dict) -> set[str]:
    """The schemas that a body is described by."""
    names = {schema["$ref"].rpartition("/")[2]} if "$ref" in schema else set()
    return names.union(*(_named(each) for each in resolved(schema).get("anyOf", [])))


def _close(schema: object) -> None:
    if isinstance(schema, dict):
        if "properties" in schema:
            schema.setdefault("additionalProperties", False)
        for part in schema.values():
            _close(part)
    elif isinstance(schema, list):
        for part in schema:
            _close(part)


def resolved(node: dict, within: dict | None = None) -> dict:
    """What a `$ref` names; members beside it win."""
    while "$ref" in node:
        target = within or document()
        for step in node["$ref"].removeprefix("#/").split("/"):
            target = target[step]
        node = target | {key: value for key, value in node.items() if key != "$ref"}
    return node


@dataclass(frozen=True)
class Call:
    """One method of one path."""

    method: str
    path: str
    operation: dict

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.path.lstrip('/')}"

    @property
    def needs_key(self) -> bool:
        return self.operation.get("security") != []

    @property
    def bodies(self) -> dict[str, dict]:
        return self.operation.get("requestBody", {}).get("content", {})

    @property
    def fields(self) -> dict[str, dict]:
        """The fields of a JSON body with their schemas."""
        media = self.bodies.get("application/json")
        return {} if media is None else {name: resolved(field) for name, field in self._body_schema().get("properties", {}).items()}

    @property
    def required(self) -> list[str]:
        return self._body_schema().get("required", []) if self.bodies else []

    @property
    def example(self) -> dict:
        return self.bodies.get("application/json", {}).get("example", {})

    @property
    def parameters(self) -> list[dict]:
        return [resolved(parameter) for parameter in self.operation.get("parameters", [])]

    def target(self, **values: str) -> str:
        """The path with its parameters' examples, or with these values."""
        examples = {each["name"]: str(each.get("example", "1")) for each in self.parameters if each["in"] == "path"}
        return re.sub(r"\{(\w+)\}", lambda match: values.get(match[1], examples[match[1]]), self.path).lstrip("/")

    def _body_schema(self) -> dict:
        """Where several kinds of bodies are taken, the first: the one that the example is of."""
        schema = resolved(self.bodies["application/json"]["schema"])
        return schema if "properties" in schema or "anyOf" not in schema else resolved(schema["anyOf"][0])

    def problems_of(self, answer: Answer) -> list[str]:
        """What of an answer docs/openapi.yaml does not say."""
        response = self.operation["responses"].get(str(answer.status))
        if response is None:
            code = answer.json.get("code") if answer.body.startswith(b"{") else None
            return [] if code in _EVERYWHERE.get(answer.status, ()) else [f"{answer.status} {answer.body[:200]!r} is not described"]
        response = resolved(response)
        kind = answer.headers.get("content-type", "").partition(";")[0]
        media = response.get("content", {}).get(kind) or response.get("content", {}).get("*/*")
        if media is None:
            return [f"{answer.status} has the undescribed type {kind!r}"]
        problems = [f"{answer.status} lacks {name}" for name in response.get("headers", {}) if name.lower() not in answer.headers]
        if kind != "application/json":
            return problems
        if answer.status >= 400 and answer.json.get("code") not in response.get("x-codes", []):
            if answer.json.get("code") not in _EVERYWHERE.get(answer.status, ()):
                problems.append(f"{answer.status} has the undescribed code {answer.json.get('code')!r}: {answer.json.get('error')}")
        return problems + schema_problems(media["schema"], answer.json)


def schema_problems(schema: dict, value: object) -> list[str]:
    """Undescribed members included."""
    whole = {"components": strict_document()["components"], **schema}
    return [f"{error.json_path}: {error.message}"[:300] for error in Draft202012Validator(whole).iter_errors(value)]


def calls() -> list[Call]:
    return [
        Call(method, path, item[method]) for path, item in document()["paths"].items() for method in METHODS if method in item
    ]
