#!/usr/bin/env python3
"""Writes OpenAPIDocument.swift and ReferencePage+Text.swift beside this file, from docs/openapi.yaml; with --check only says whether they are as they would be.

Needs PyYAML: `make generate` runs it with the Python of the tests.
"""
import html
import json
import pathlib
import re
import sys

import yaml

HERE = pathlib.Path(__file__).parent
SOURCE = HERE.parents[2] / "docs" / "openapi.yaml"
KEY = "your-api-key-here"
METHODS = ("get", "post")


def swift(name: str, comment: str, text: str) -> str:
    assert '"""##' not in text
    lines = "\n".join(f"        {line}".rstrip() for line in text.splitlines())
    return (
        f"// Made from docs/openapi.yaml by generate-reference.py. Do not edit.\n// swift-format-ignore-file\nextension {name} {{\n    /// {comment}\n"
        f'    static let text = ##"""\n{lines}\n        """##\n}}\n'
    )


class Reference:
    """The document, with what examples and tables want of it."""

    def __init__(self, document: dict):
        self.document = document
        self.base = document["servers"][0]["url"]

    def resolved(self, node):
        """What a `$ref` names; members beside it win."""
        while isinstance(node, dict) and "$ref" in node:
            target = self.document
            for step in node["$ref"].removeprefix("#/").split("/"):
                target = target[step]
            node = target | {key: value for key, value in node.items() if key != "$ref"}
        return node

    def alternatives(self, schema: dict) -> list[dict]:
        """The objects, one of which a body has to be."""
        schema = self.resolved(schema)
        if "properties" in schema:
            return [schema]
        return [each for one in schema.get("anyOf", []) for each in self.alternatives(one)]

    def operations(self):
        for path, item in self.document["paths"].items():
            for method in METHODS:
                if method in item:
                    yield method, path, item[method]

    def body_example(self, operation: dict):
        """The fields that the examples send; None where the call takes none."""
        content = operation.get("requestBody", {}).get("content", {})
        media = content.get("application/json")
        return None if media is None else media.get("example", {})

    def address(self, path: str, operation: dict) -> str:
        """With the examples of parameters that must be there, and of those in the query that have one."""
        query = []
        for parameter in map(self.resolved, operation.get("parameters", [])):
            if parameter["in"] == "path":
                path = path.replace("{%s}" % parameter["name"], str(parameter["example"]))
            elif parameter["in"] == "query" and "example" in parameter:
                query.append(f"{parameter['name']}={parameter['example']}")
        return self.base + path + ("?" + "&".join(query) if query else "")

    def curl(self, method: str, path: str, operation: dict) -> str:
        words = [f"curl '{self.address(path, operation)}'"]
        if method == "post":
            words[0] = words[0].replace("curl ", "curl -X POST ", 1)
        if operation.get("security") != []:
            words.append(f"-H 'X-API-Key: {KEY}'")
        example = self.body_example(operation)
        if example is not None:
            words += ["-H 'Content-Type: application/json'", f"-d '{json.dumps(example, ensure_ascii=False)}'"]
        return " \\\n  ".join(words)

    def php(self, method: str, path: str, operation: dict) -> str:
        """For PHP 7.4 and later, with nothing but its curl extension."""
        example = self.body_example(operation)
        headers = [f"'X-API-Key: {KEY}'"] if operation.get("security") != [] else []
        if example is not None:
            headers.append("'Content-Type: application/json'")
        lines = [f"$request = curl_init('{self.address(path, operation)}');", "curl_setopt_array($request, ["]
        lines.append("    CURLOPT_RETURNTRANSFER => true, CURLOPT_TIMEOUT => 10,")
        if headers:
            lines.append(f"    CURLOPT_HTTPHEADER => [{', '.join(headers)}],")
        if example:
            lines += ["    CURLOPT_POSTFIELDS => json_encode([", *(f"        {php_value(name)} => {php_value(value)}," for name, value in example.items()), "    ]),"]
        elif method == "post":
            lines.append("    CURLOPT_POSTFIELDS => ''," if example is None else "    CURLOPT_POSTFIELDS => '{}',")
        lines.append("]);")
        success = next(response for status, response in operation["responses"].items() if status.startswith("2"))
        is_json = any("json" in kind for kind in self.resolved(success).get("content", {}))
        lines.append("$answer = json_decode(curl_exec($request), true);" if is_json else "$answer = curl_exec($request);")
        return "\n".join(lines)


def php_value(value) -> str:
    if isinstance(value, dict):
        return "[" + ", ".join(f"{php_value(key)} => {php_value(item)}" for key, item in value.items()) + "]"
    if isinstance(value, list):
        return "[" + ", ".join(map(php_value, value)) + "]"
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, int | float):
        return json.dumps(value)
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


# The page.


def shown(path: str) -> str:
    """`/messages/:id`, as the API's own table writes it."""
    return re.sub(r"\{(\w+)\}", r":\1", path)


def prose(text: str) -> str:
    """Paragraphs of plain words with `code` and *emphasis*."""
    def inline(part: str) -> str:
        part = html.escape(part, quote=False)
        part = re.sub(r"`([^`]+)`", r"<code>\1</code>", part)
        return re.sub(r"\*([^* ][^*]*)\*", r"<i>\1</i>", part)

    return "".join(f"<p>{inline(' '.join(block.split()))}</p>" for block in text.split("\n\n") if block.strip())


def words(text: str) -> str:
    return prose(text).removeprefix("<p>").removesuffix("</p>")


def kind(schema: dict) -> str:
    if "enum" in schema:
        return ", ".join(f"<code>{html.escape(str(value))}</code>" for value in schema["enum"] if value is not None)
    if "const" in schema:
        return f"<code>{html.escape(str(schema['const']))}</code>"
    names = schema.get("type", "")
    names = [names] if isinstance(names, str) else [name for name in names if name != "null"]
    return " or ".join("file" if schema.get("format") == "binary" else name for name in names)


def field_rows(reference: Reference, operation: dict) -> list[str]:
    rows = []

    def row(name: str, place: str, required: bool, schema: dict, description: str) -> None:
        notes = []
        if "default" in schema:
            notes.append(f"Default: <code>{html.escape(str(schema['default']))}</code>.")
        note = " ".join([words(description)] * bool(description) + notes)
        mark = "" if required else " <small>optional</small>"
        rows.append(f"<tr><td><code>{html.escape(name)}</code>{mark}{place}</td><td>{kind(schema)}</td><td>{note}</td></tr>")

    def parameter_rows(headers: bool) -> None:
        for parameter in map(reference.resolved, operation.get("parameters", [])):
            if (parameter["in"] == "header") == headers:
                place = {"header": " <small>header</small>", "path": " <small>path</small>"}.get(parameter["in"], "")
                schema = reference.resolved(parameter["schema"])
                description = parameter.get("description", schema.get("description", ""))
                row(parameter["name"], place, parameter.get("required", False), schema, description)

    parameter_rows(headers=False)
    media = operation.get("requestBody", {}).get("content", {})
    names = set()
    for content in media.values():
        kinds = reference.alternatives(content["schema"])
        for schema in kinds:
            for name, field in schema.get("properties", {}).items():
                if name in names:
                    continue
                names.add(name)
                field = reference.resolved(field)
                row(name, "", all(name in each.get("required", []) for each in kinds), field, field.get("description", ""))
    parameter_rows(headers=True)
    return rows


def answer_rows(reference: Reference, operation: dict) -> list[str]:
    rows = []
    for status, response in operation["responses"].items():
        response = reference.resolved(response)
        codes = " ".join(f'<a href="#code-{code}"><code>{code}</code></a>' for code in response.get("x-codes", []))
        rows.append(f"<tr><td>{status}</td><td>{words(response['description'])}</td><td>{codes}</td></tr>")
    return rows


def samples(reference: Reference, operation: dict) -> list[str]:
    """The answers' examples, those of success alone."""
    found = []
    for status, response in operation["responses"].items():
        if not status.startswith("2"):
            continue
        for media in reference.resolved(response).get("content", {}).values():
            values = [media["example"]] if "example" in media else [each["value"] for each in media.get("examples", {}).values()]
            found += [value if isinstance(value, str) else json.dumps(value, indent=2, ensure_ascii=False) for value in values]
    return found


def section(reference: Reference, method: str, path: str, operation: dict) -> str:
    parts = [f'<section id="{operation["operationId"]}">', f'<h3><span class="method">{method.upper()}</span> {html.escape(shown(path))}</h3>']
    parts.append(prose(operation["summary"]))
    parts.append(prose(operation.get("description", "")))
    if "x-permission" in operation:
        limit = {"general": "general", "send": "sending"}[operation["x-limit"]]
        parts.append(f'<p class="note">Permission <code>{operation["x-permission"]}</code>; counts on the {limit} limit.</p>')
    parts.append(f'<pre class="curl">{html.escape(reference.curl(method, path, operation), quote=False)}</pre>')
    parts.append(f'<pre class="php">{html.escape(reference.php(method, path, operation), quote=False)}</pre>')
    if rows := field_rows(reference, operation):
        parts.append(f'<div class="wide"><table><tr><th>Field</th><th>Type</th><th></th></tr>{"".join(rows)}</table></div>')
    parts += [f'<pre class="answer">{html.escape(sample, quote=False)}</pre>' for sample in samples(reference, operation)]
    rows = answer_rows(reference, operation)
    parts.append(f'<details><summary>Answers</summary><div class="wide"><table>{"".join(rows)}</table></div></details></section>')
    return "\n".join(part for part in parts if part)


def event(reference: Reference, name: str, item: dict) -> str:
    operation = item["post"]
    media = operation["requestBody"]["content"]["application/json"]
    data = reference.resolved(media["schema"])["properties"]["data"]
    data = reference.resolved(data)
    rows = []
    for field, schema in data["properties"].items():
        schema = reference.resolved(schema)
        mark = "" if field in data["required"] else " <small>optional</small>"
        kinds = f"<code>{schema['const']}</code>" if "const" in schema else kind(schema)
        rows.append(f"<tr><td><code>{field}</code>{mark}</td><td>{kinds}</td><td>{words(schema.get('description', ''))}</td></tr>")
    sample = html.escape(json.dumps(media["example"], indent=2, ensure_ascii=False), quote=False)
    return (
        f'<section id="event-{name}"><h3>{name}</h3>{prose(operation["summary"])}\n<pre class="answer">{sample}</pre>\n'
        f'<details><summary>Fields</summary><div class="wide"><table>{"".join(rows)}</table></div></details></section>'
    )


def page(reference: Reference) -> str:
    document = reference.document
    menu, body = [], []
    for tag in document["tags"]:
        operations = [each for each in reference.operations() if each[2]["tags"][0] == tag["name"]]
        if not operations:
            continue
        links = "".join(
            f'<a href="#{operation["operationId"]}">{html.escape(shown(path).lstrip("/"))}</a>' for _, path, operation in operations)
        menu.append(f"<b>{tag['name']}</b>{links}")
        body.append(f'<h2>{tag["name"]}</h2>{prose(tag["description"])}')
        body += [section(reference, *operation) for operation in operations]
    menu.append("<b>Events</b>" + "".join(f'<a href="#event-{name}">{name}</a>' for name in document["webhooks"]))
    menu.append('<b>Errors</b><a href="#codes">codes</a>')
    codes = "".join(
        f'<tr id="code-{code}"><td><code>{code}</code></td><td>{words(text)}</td></tr>' for code, text in document["x-codes"].items())
    return (HERE / "page.html").read_text(encoding="utf-8").format(
        menu="\n".join(menu), base=reference.base, introduction=prose(document["info"]["description"]), calls="\n".join(body),
        events="\n".join(event(reference, name, item) for name, item in document["webhooks"].items()), codes=codes)


def json_lines(value, depth: int = 3) -> str:
    """JSON with a line for each operation, answer and schema."""
    if depth == 0 or not isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "{\n" + ",\n".join(f"{json.dumps(key)}: {json_lines(item, depth - 1)}" for key, item in value.items()) + "\n}"


def outputs() -> dict[pathlib.Path, str]:
    document = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return {
        HERE / "OpenAPIDocument+Text.swift": swift(
            "OpenAPIDocument", "`docs/openapi.yaml` as JSON.", json_lines(document)),
        HERE / "ReferencePage+Text.swift": swift("ReferencePage", "HTML, with `NONCE` for its style.", page(Reference(document))),
    }


def main() -> int:
    stale = [path for path, text in outputs().items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name} is not what docs/openapi.yaml gives; run `make generate`", file=sys.stderr)
        return 1 if stale else 0
    for path, text in outputs().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
