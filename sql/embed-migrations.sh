#!/bin/sh
# Writes the Swift file that builds sql/migrations into the programs: a static executable has no files beside it.
# Called by `make generate`; a test checks that the result is current.
set -eu
cd "$(dirname "$0")/migrations"
echo "// Made from sql/migrations by \`make generate\`. Do not edit."
echo "// swift-format-ignore-file"
echo "extension Migration {"
echo "    /// Every step, oldest first."
echo "    package static let all: [Migration] = ["
for file in [0-9][0-9][0-9][0-9]-*.sql; do
    number=${file%%-*}
    name=${file#*-}
    echo "        Migration("
    echo "            version: $(expr "$number" + 0), name: \"${name%.sql}\","
    echo "            sql: ##\"\"\""
    sed 's/^\(..*\)$/                \1/' "$file"
    echo "                \"\"\"##),"
done
echo "    ]"
echo "}"
