# Sourced by install.sh, upgrade.sh and uninstall.sh. POSIX sh; what it needs beyond is checked where it is used.
# shellcheck shell=sh

MARK='# wa-connect'

say() { printf '%s\n' "$*"; }
step() { printf '\n== %s\n' "$*"; }
fail() {
    printf 'failed: %s\n' "$*" >&2
    exit 1
}
usage_error() {
    printf '%s\n' "$*" >&2
    exit 2
}

# ask VARIABLE QUESTION [DEFAULT]: asks where there is somebody to ask, else takes the default.
ask() {
    eval "given=\${$1:-}"
    [ -z "$given" ] || return 0
    if [ -t 0 ] && [ "${unattended:-no}" = no ]; then
        printf '%s%s: ' "$2" "${3:+ [$3]}"
        read -r answer || answer=
    else
        answer=
    fi
    [ -n "$answer" ] || answer=${3:-}
    eval "$1=\$answer"
}

# The account's own files are nobody else's: root would leave files that the web server refuses to run.
refuse_root() {
    [ "$(id -u)" -ne 0 ] || fail "run this as the hosting account's user, not as root: su -s /bin/sh - ACCOUNT -c 'sh $0'"
}

# random_hex BYTES
random_hex() { od -An -v -tx1 -N"$1" /dev/urandom | tr -d ' \n'; }

# json_text KEY: the text behind a key in the JSON on stdin, where it has no \u escapes.
json_text() { sed -n 's/.*"'"$1"'" *: *"\(\([^"\\]\|\\[^u]\)*\)".*/\1/p' | sed 's/\\\(.\)/\1/g' | head -n 1; }

# uapi_call MODULE FUNCTION [key=value...]: cPanel's own interface; prints its JSON. Its exit status is not to be trusted, `status` is.
uapi_call() {
    reply=$(uapi --output=json "$@" 2>/dev/null) || return 1
    printf '%s' "$reply" | grep -q '"status" *: *1' || return 1
    printf '%s' "$reply"
}

# conf_set KEY VALUE: sets one line of the configuration, in one step; it stays private.
conf_set() {
    (
        umask 077
        [ ! -f "$conf" ] || grep -v "^ *$1 *=" "$conf" > "$conf.new" || [ -s "$conf" ] || exit 1
        printf '%s = %s\n' "$1" "$2" >> "$conf.new"
        mv "$conf.new" "$conf"
    ) || fail "can not write $conf"
}
conf_get() { sed -n "s/^ *$1 *= *//p" "$conf" 2>/dev/null | sed 's/^"\(.*\)"$/\1/' | tail -n 1; }

# The cron table without our line; empty where there is none yet.
cron_others() { crontab -l 2>/dev/null | grep -vF "$MARK" || :; }

# cron_install LINE: ours in place of what was ours; 1 where this account has no crontab command.
cron_install() {
    command -v crontab >/dev/null 2>&1 || return 1
    { cron_others; printf '%s %s\n' "$1" "$MARK"; } | crontab - 2>/dev/null
}
cron_remove() {
    command -v crontab >/dev/null 2>&1 || return 0
    if crontab -l 2>/dev/null | grep -qF "$MARK"; then cron_others | crontab - 2>/dev/null; fi
}

# runs PROGRAM: whether it can be run where it lies; hosts mount some places noexec.
runs() { "$1" --version >/dev/null 2>&1; }

wa() { "$home/bin/wa-connect" "$@" --config "$conf"; }

# place_programs FROM TO: copies, since suexec refuses links, and renames, so that what runs is never written over.
place_programs() {
    mkdir -p "$2" && chmod 755 "$2"
    for program in wa-connect wa-connect-fcgi; do
        cp "$1/$program" "$2/.$program.new" && chmod 755 "$2/.$program.new" && mv "$2/.$program.new" "$2/$program" ||
            fail "can not copy $program to $2; is the disk quota used up?"
    done
}

# place_web FROM TO: the folder that the web server serves, with this account's paths.
place_web() {
    mkdir -p "$2" && chmod 755 "$2"
    for file in .htaccess api.cgi api.fcgi; do
        sed "s|/home/USER/wa-connect|$home|g" "$1/$file" > "$2/$file.new" || fail "can not write in $2"
        case $file in
            .htaccess) chmod 644 "$2/$file.new" ;;
            *) chmod 755 "$2/$file.new" ;;
        esac
        mv "$2/$file.new" "$2/$file"
    done
}
