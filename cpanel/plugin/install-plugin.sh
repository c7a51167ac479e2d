#!/bin/sh
# For hosters, as root: gives every account of this cPanel server the WA-Connect icon. The accounts install it themselves by that page; nothing
# runs as root afterwards. `--uninstall` takes the icon away again, and leaves what accounts have installed.
set -eu
umask 022
plugin=$(cd "$(dirname "$0")" && pwd)
unpacked=$(cd "$plugin/../.." && pwd)
package=/usr/local/wa-connect
theme=${WA_THEME:-jupiter}
cpanel=/usr/local/cpanel
[ "$(id -u)" -eq 0 ] || { echo "failed: run this as root" >&2; exit 1; }
[ -d "$cpanel/base/frontend/$theme" ] || { echo "failed: there is no cPanel theme in $cpanel/base/frontend/$theme" >&2; exit 1; }

if [ "${1:-}" = --uninstall ]; then
    "$cpanel/scripts/uninstall_plugin" "$plugin" --theme="$theme"
    rm -rf "$cpanel/base/frontend/$theme/wa-connect" "$package"
    exit 0
fi
[ $# -eq 0 ] || { echo "Usage: sh install-plugin.sh [--uninstall]" >&2; exit 2; }
[ -x "$unpacked/bin/wa-connect" ] || { echo "failed: $unpacked holds no programs; unpack the whole archive" >&2; exit 1; }

rm -rf "$package.new"
cp -R "$unpacked" "$package.new"
chown -R 0:0 "$package.new"
rm -rf "$package"
mv "$package.new" "$package"
mkdir -p "$cpanel/base/frontend/$theme/wa-connect"
install -m 644 "$plugin/index.live.php" "$cpanel/base/frontend/$theme/wa-connect/"
"$cpanel/scripts/install_plugin" "$plugin" --theme="$theme"
echo "WA-Connect is in cPanel under Software; WHM's Feature Manager says for which accounts."
