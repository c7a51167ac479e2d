#!/bin/sh
# Puts the programs of this package in place of the installed ones. Configuration, data and keys stay. Where the new ones do not come up,
# the old ones are put back and started again.
set -eu
umask 022
unpacked=$(cd "$(dirname "$0")/.." && pwd)
. "$unpacked/cpanel/functions.sh"

home=$HOME/wa-connect web_root=$HOME/public_html path=api
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) say "Usage: sh cpanel/upgrade.sh [--home DIR] [--web-root DIR] [--path NAME]"; exit 0 ;;
        --home | --web-root | --path) [ $# -ge 2 ] || usage_error "$1 needs a value" ;;
        *) usage_error "unknown option $1; see --help" ;;
    esac
    name=$(printf '%s' "${1#--}" | tr - _)
    eval "$name=\$2"
    shift 2
done
refuse_root
conf=$home/wa-connect.conf
[ -x "$home/bin/wa-connect" ] && [ -f "$conf" ] || fail "there is no installation in $home; install.sh makes one"

old=$("$home/bin/wa-connect" --version)
rm -rf "$home/bin.new"
place_programs "$unpacked/bin" "$home/bin.new"
runs "$home/bin.new/wa-connect" || fail "the new programs can not be run here; nothing was changed"
new=$("$home/bin.new/wa-connect" --version)
say "from $old to $new"
# Before anything is touched: whether the new programs understand configuration and database.
"$home/bin.new/wa-connect" migrate --dry-run --config "$conf" || fail "the new programs refuse the configuration or the database; nothing was changed"

web=$web_root/$path
put_back() {
    say "the new programs did not come up; putting the old ones back" >&2
    wa stop >/dev/null 2>&1 || :
    place_programs "$home/bin.old" "$home/bin"
    [ ! -d "$home/web.old" ] || cp -p "$home/web.old/.htaccess" "$home/web.old/api.cgi" "$home/web.old/api.fcgi" "$web/"
    wa ensure || :
    fail "still running $old; \`$home/bin/wa-connect logs\` and \`doctor\` say more"
}

rm -rf "$home/bin.old" "$home/web.old"
place_programs "$home/bin" "$home/bin.old"
if [ -f "$web/.htaccess" ]; then
    mkdir "$home/web.old" && cp -p "$web/.htaccess" "$web/api.cgi" "$web/api.fcgi" "$home/web.old/"
fi
wa stop || fail "the daemon does not stop; nothing was changed"
# Migrations only add, so the old programs work on the new tables, should they come back.
place_programs "$home/bin.new" "$home/bin"
wa migrate || put_back
[ ! -d "$home/web.old" ] || place_web "$unpacked/htaccess" "$web"
wa ensure || put_back
wa doctor --only database,tables,daemon >/dev/null || put_back
rm -rf "$home/bin.new" "$home/web.old"
say "done; the old programs are kept in $home/bin.old"
