#!/bin/sh
# Takes WA-Connect out of a hosting account. Data goes only where it is said: --purge, or `yes` to the question.
set -eu
unpacked=$(cd "$(dirname "$0")/.." && pwd)
. "$unpacked/cpanel/functions.sh"

home=$HOME/wa-connect web_root=$HOME/public_html path=api unattended=no purge=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) say "Usage: sh cpanel/uninstall.sh [--home DIR] [--web-root DIR] [--path NAME] [--yes] [--purge]"; exit 0 ;;
        --yes) unattended=yes; shift; continue ;;
        --purge) purge=yes; shift; continue ;;
        --home | --web-root | --path) [ $# -ge 2 ] || usage_error "$1 needs a value" ;;
        *) usage_error "unknown option $1; see --help" ;;
    esac
    name=$(printf '%s' "${1#--}" | tr - _)
    eval "$name=\$2"
    shift 2
done
refuse_root
conf=$home/wa-connect.conf
[ -x "$home/bin/wa-connect" ] || fail "there is no installation in $home"

ask purge "Delete the tables, the received files and the configuration too? The linked phone then has to be linked anew (yes/no)" no
cron_remove
wa stop || fail "the daemon does not stop; see \`$home/bin/wa-connect status\`"
# Responders outlive the daemon on purpose; without its socket they have nothing to serve.
rm -f "$home/run/api.sock"
if [ "$purge" = yes ]; then
    wa sessions logout default >/dev/null 2>&1 || :
    wa tables drop --yes || fail "the tables could not be dropped; nothing else was deleted. Correct $conf, or drop the tables wa_… in phpMyAdmin"
fi
web=$web_root/$path
for file in .htaccess api.cgi api.fcgi; do
    # Ours alone: a site may have put its own file there.
    if grep -qs "wa-connect\|WA-Connect" "$web/$file"; then rm -f "$web/$file"; fi
done
rmdir "$web" 2>/dev/null || :
if [ "$purge" = yes ]; then
    rm -rf "$home"
    say "everything is gone. The database itself can be deleted in cPanel under MySQL Databases."
else
    rm -rf "$home/bin" "$home/bin.old" "$home/bin.new" "$home/run"
    say "kept: the tables, $conf and the received files. install.sh takes them up again."
fi
