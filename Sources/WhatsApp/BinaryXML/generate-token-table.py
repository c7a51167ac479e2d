#!/usr/bin/env python3
"""Writes TokenTable.swift beside tokens.tsv (columns: dictionary, index, token; dictionary 0 = single byte, 1...4 = double byte)."""
import pathlib

here = pathlib.Path(__file__).parent
tables = [[""] * 236] + [[""] * 256 for _ in range(4)]
seen = set()
for line in (here / "tokens.tsv").read_text(encoding="ascii").splitlines()[1:]:
    dictionary, index, token = line.split("\t")
    if not token:
        assert (dictionary, index) == ("0", "0"), line
        continue
    assert token not in seen and '"' not in token and "\\" not in token, line
    seen.add(token)
    tables[int(dictionary)][int(index)] = token

assert len(seen) == 235 + 4 * 256, len(seen)


def rows(tokens):
    line = "       "
    for token in tokens:
        piece = f' "{token}",'
        if len(line) + len(piece) > 120:
            yield line
            line = "       "
        line += piece
    yield line


def table(name, comment, tokens):
    return [f"    /// {comment}", f"    static let {name}: [String] = [", *rows(tokens), "    ]"]


out = [
    "// Generated from tokens.tsv by generate-token-table.py (`make generate`); changes here are lost.",
    "",
    "/// The token dictionaries of version 3, the \"3\" at the end of the connection header.",
    "enum TokenTable {",
    *table("single", "Dictionary 0: the tag byte is the index; slot 0 is the empty list, never a token.", tables[0]),
]
for number in range(4):
    out += ["", *table(f"double{number}", f"Dictionary {number + 1}: tag {236 + number}, then the index.", tables[number + 1])]
out.append("}")
(here / "TokenTable.swift").write_text("\n".join(out) + "\n", encoding="ascii")
