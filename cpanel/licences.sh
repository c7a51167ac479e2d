#!/bin/sh
# Gathers the licences of everything that is linked into the programs: sh cpanel/licences.sh CHECKOUTS DIRECTORY
# CHECKOUTS is SwiftPM's folder of the packages that were built; Debian's own copyright files say the rest.
set -eu
[ $# -eq 2 ] || { echo "Usage: sh cpanel/licences.sh CHECKOUTS DIRECTORY" >&2; exit 2; }
checkouts=$1
out=$2
mkdir -p "$out"

for package in "$checkouts"/*/; do
    name=$(basename "$package")
    for file in LICENSE.txt LICENSE NOTICE.txt; do
        [ ! -f "$package$file" ] || cp "$package$file" "$out/$name-$file"
    done
    # Libraries in C that a package carries along.
    find "$package/Sources" -maxdepth 2 \( -name LICENSE -o -name 'LICENSE*' \) -type f 2>/dev/null | while read -r file; do
        cp "$file" "$out/$name-$(basename "$(dirname "$file")")-LICENSE"
    done
done

swift=$(dirname "$(dirname "$(readlink -f "$(command -v swiftc)")")")
[ ! -f "$swift/share/swift/LICENSE.txt" ] || cp "$swift/share/swift/LICENSE.txt" "$out/swift-LICENSE.txt"

{
    echo "Library                        Debian package and version, whose source is at https://snapshot.debian.org/"
    for library in libc6-dev libstdc++-12-dev $(sed -n 's/^\(lib[a-z0-9.+-]*-dev\|zlib1g-dev\)$/\1/p' "$(dirname "$0")/../Tests/Environment/apt-packages.txt"); do
        version=$(dpkg-query -W -f='${source:Package} ${source:Version}' "$library" 2>/dev/null) || continue
        printf '%-30s %s\n' "${library%-dev}" "$version"
        copyright=/usr/share/doc/$library/copyright
        [ ! -f "$copyright" ] || cp "$copyright" "$out/debian-${library%-dev}-copyright"
    done
} > "$out/libraries.txt"

cat > "$out/README" <<'TEXT'
The programs are linked statically: everything they need is inside. This folder holds the licences of what is inside, and libraries.txt
the exact versions.

Two of the libraries are under the GNU Lesser General Public License: the C library (glibc) and MariaDB's client library (libmariadb). You may
change them and link the programs anew: the complete source of the programs comes with the same release of WA-Connect, under the Apache
License 2.0, and `make release` there links them with the libraries that are installed on your machine. The libraries' own source is what
libraries.txt names, at Debian.
TEXT
