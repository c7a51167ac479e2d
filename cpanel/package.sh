#!/bin/sh
# Makes the archive that owners download: sh cpanel/package.sh PROGRAMS DIRECTORY
# PROGRAMS holds wa-connect and wa-connect-fcgi (static ones for hosts: `make release`); the archive's path is printed.
set -eu
umask 022
[ $# -eq 2 ] || { echo "Usage: sh cpanel/package.sh PROGRAMS DIRECTORY" >&2; exit 2; }
project=$(cd "$(dirname "$0")/.." && pwd)
programs=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)

version=$("$programs/wa-connect" --version)
name=wa-connect-$version
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/$name
mkdir -p "$root/bin"
for program in wa-connect wa-connect-fcgi; do install -m 755 "$programs/$program" "$root/bin/"; done
for folder in htaccess cpanel docs clients; do
    mkdir "$root/$folder"
    (cd "$project/$folder" && tar cf - --exclude=package.sh --exclude=licences.sh .) | tar xf - -C "$root/$folder"
done
mkdir "$root/sql"
cp "$project/sql/schema.sql" "$root/sql/"
cp "$project/README.md" "$project/CHANGELOG.md" "$project/LICENSE" "$root/"
for checkouts in "$project/.build-release/checkouts" "$project/.build/checkouts"; do
    if [ -d "$checkouts" ]; then
        sh "$project/cpanel/licences.sh" "$checkouts" "$root/licences"
        break
    fi
done
[ -d "$root/licences" ] || { echo "failed: the packages' licences are not there; build the programs first" >&2; exit 1; }
printf '%s\n' "$version" > "$root/VERSION"
(cd "$root" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum > SHA256SUMS)
# The same content gives the same archive: no names, no times of the machine that made it.
tar -C "$work" --sort=name --owner=0 --group=0 --numeric-owner --mtime=@0 -cf - "$name" | gzip -9n > "$out/$name.tar.gz"
echo "$out/$name.tar.gz"
