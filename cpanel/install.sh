#!/bin/sh
# Installs WA-Connect into a hosting account, without root. Run it as the account's user; run it again whenever you like: it keeps the
# configuration, the data and the keys that are there, and puts the rest right.
set -eu
umask 022
unpacked=$(cd "$(dirname "$0")/.." && pwd)
. "$unpacked/cpanel/functions.sh"

help() {
    cat <<'TEXT'
Usage: sh cpanel/install.sh [options]

  --url URL                 address of the site, such as https://your-domain.com
  --web-root DIR            the folder that it serves (~/public_html)
  --path NAME               folder of the API below it (api); the API is then at URL/api/v1
  --home DIR                programs, configuration and log (~/wa-connect); never below the web root
  --db-name NAME --db-user NAME --db-password-file FILE
                            an existing database; without them cPanel makes one, or you are asked
  --db-host HOST, --db-socket PATH
                            where the database server is, if not on this host
  --no-cron                 no cron job; you start `wa-connect ensure` some other way
  --yes                     ask nothing; what is missing is an error
Environment: WA_DB_PASSWORD is another way to give the password.
TEXT
}

url= web_root= path=api home=$HOME/wa-connect unattended=no cron=yes
db_name= db_user= db_password_file= db_host= db_socket=
while [ $# -gt 0 ]; do
    case $1 in
        --help | -h) help; exit 0 ;;
        --yes) unattended=yes; shift; continue ;;
        --no-cron) cron=no; shift; continue ;;
        --url | --web-root | --path | --home | --db-name | --db-user | --db-password-file | --db-host | --db-socket) ;;
        *) usage_error "unknown option $1; see --help" ;;
    esac
    [ $# -ge 2 ] || usage_error "$1 needs a value"
    name=$(printf '%s' "${1#--}" | tr - _)
    eval "$name=\$2"
    shift 2
done

case $home in /*) ;; *) usage_error "--home takes a path from the root, such as $HOME/wa-connect" ;; esac
case $path in */* | .* | '') usage_error "--path takes the name of one folder, such as api" ;; esac
case $home in *[!A-Za-z0-9/._-]*) usage_error "--home: only letters, digits and / . _ - are possible in the path, because it stands in .htaccess" ;; esac
refuse_root
[ -n "$web_root" ] || web_root=$HOME/public_html
[ -d "$web_root" ] || fail "there is no folder $web_root; name your site's with --web-root"
web_root=$(cd "$web_root" && pwd)
case $home/ in "$web_root"/*) usage_error "--home must not lie in the web root: the web server would serve the configuration" ;; esac
conf=$home/wa-connect.conf

step "Programs"
mkdir -p "$home" && chmod 711 "$home"
place_programs "$unpacked/bin" "$home/bin"
runs "$home/bin/wa-connect" || fail "programs can not be run in $home/bin. Is it on a file system mounted noexec? Choose another place with --home"
say "$("$home/bin/wa-connect" --version) in $home/bin"

# database_from_cpanel: cPanel makes database, user and rights in one call, and the password never stands in a command line.
database_from_cpanel() {
    command -v uapi >/dev/null 2>&1 || return 1
    made=$(uapi_call Mysql setup_db_and_user prefix=wa) || return 1
    db_name=$(printf '%s' "$made" | json_text database)
    db_user=$(printf '%s' "$made" | json_text database_user)
    db_password=$(printf '%s' "$made" | json_text database_user_password)
    [ -n "$db_host" ] || db_host=$(printf '%s' "$made" | json_text hostname)
    [ -n "$db_name" ] && [ -n "$db_user" ] && [ -n "$db_password" ]
}

write_configuration() {
    (
        umask 077
        {
            say "# WA-Connect. Private: it holds the database password, and the key that opens the keys of your WhatsApp connection."
            say "# Keep a copy of secret.key: without it a restored database can not be used."
            say "db.name = $db_name"
            say "db.user = $db_user"
            say "db.password = \"$db_password\""
            [ -z "$db_host" ] || say "db.host = $db_host"
            [ -z "$db_socket" ] || say "db.socket = $db_socket"
            say "secret.key = $(random_hex 32)"
            say "run.dir = $home/run"
            say "log.file = $home/log/wa-connect.log"
            say "media.dir = $home/media"
        } > "$conf.new" && mv "$conf.new" "$conf"
    ) || fail "can not write $conf"
}

step "Configuration"
if [ -f "$conf" ]; then
    chmod 600 "$conf"
    say "kept: $conf"
else
    db_password=${WA_DB_PASSWORD:-}
    [ -z "$db_password_file" ] || db_password=$(cat "$db_password_file") || fail "can not read $db_password_file"
    if [ -z "$db_name$db_user" ] && database_from_cpanel; then
        say "cPanel made the database $db_name and its user"
    else
        [ -n "$db_name" ] || [ "$unattended" = no ] || fail "no database: cPanel's uapi is not here, or refused. Make one in cPanel under MySQL Databases and give --db-name, --db-user and --db-password-file"
        say "Make a database and a user with all privileges on it (cPanel: MySQL Databases), then tell me:"
        ask db_name "Name of the database"
        ask db_user "Its user" "$db_name"
        if [ -z "$db_password" ] && [ -t 0 ]; then
            printf 'Password (not shown): '
            stty -echo; read -r db_password || :; stty echo; say ""
        fi
        [ -n "$db_name" ] && [ -n "$db_user" ] || fail "the database's name and user are missing"
    fi
    write_configuration
    say "written: $conf"
fi
# The programs' own variables must not win over the file that was just written.
unset WA_DB_PASSWORD

base=$(conf_get public.base_url)
if [ -z "$url$base" ] && command -v uapi >/dev/null 2>&1; then
    domain=$(uapi_call Variables get_user_information name=domain | json_text domain) || domain=
    [ -z "$domain" ] || url=https://$domain
fi
[ -n "$base" ] || ask url "Address of the site, such as https://your-domain.com"
case $url in
    http://?* | https://?*)
        base=${url%/}
        # The API is at /api/v1 behind the site's address, and at /v1 behind an address with a path of its own.
        [ "$path" = api ] || base=$base/$path
        conf_set public.base_url "$base"
        ;;
    '') [ -n "$base" ] || say "no address given; links in webhooks and pages need it: public.base_url in $conf" ;;
    *) usage_error "--url takes an address such as https://your-domain.com, not $url" ;;
esac

step "Tables"
wa migrate || fail "the tables could not be made; correct the db.* lines of $conf and run this again"

step "Web server"
place_web "$unpacked/htaccess" "$web_root/$path"
say "$web_root/$path: .htaccess, api.cgi, api.fcgi"

step "Daemon"
mkdir -p "$home/log" "$home/media" && chmod 700 "$home/log" "$home/media"
# A daemon of an earlier installation would go on with the old programs.
wa restart
say "it runs"

# The socket is for this account's web server alone where that works, for all where httpd is another user, and left out where it can not be used.
web_answers() { wa doctor --only web >/dev/null 2>&1; }
if [ -n "$base" ] && ! web_answers; then
    for try in 'api.socket_mode 0666' 'api.workers 0'; do
        before=$(conf_get "${try% *}")
        conf_set "${try% *}" "${try#* }"
        wa restart
        if web_answers; then
            say "the web server needs ${try% *} = ${try#* } here: set"
            break
        fi
        case $before in
            '') grep -v "^${try% *} *=" "$conf" > "$conf.new"; chmod 600 "$conf.new"; mv "$conf.new" "$conf" ;;
            *) conf_set "${try% *}" "$before" ;;
        esac
    done
    web_answers || wa restart
fi

step "Cron"
# A minute of its own for each account, so that a host with many does not start them all at once.
minute=$(($(printf '%s' "$home" | cksum | cut -d' ' -f1) % 5))
line="$minute-59/5 * * * * $home/bin/wa-connect ensure --config $conf >/dev/null 2>&1"
if [ "$cron" = no ]; then
    say "left out, as you asked; something must run this every five minutes: $home/bin/wa-connect ensure"
elif cron_install "$line"; then
    say "every five minutes: wa-connect ensure"
elif command -v cpapi2 >/dev/null 2>&1 && cpapi2 --output=json Cron add_line "command=$home/bin/wa-connect ensure --config $conf >/dev/null 2>&1" "minute=$minute-59/5" 'hour=*' 'day=*' 'month=*' 'weekday=*' 2>/dev/null | grep -q '"result" *: *1'; then
    say "every five minutes: wa-connect ensure (by cPanel)"
else
    say "please add this in cPanel under Cron Jobs: $line"
fi

step "API key"
if wa keys list --json | grep -q '"id"'; then
    say "there are keys already; another one: $home/bin/wa-connect keys create --name NAME"
else
    say "Your API key, shown this once:"
    wa keys create --name "first key"
fi

step "Check"
wa doctor || :
page=$(wa sessions page 2>/dev/null) || page="(set public.base_url in $conf first)"

cat <<TEXT

Next: link the phone. Open this in a browser within 30 minutes; \`wa-connect sessions page\` makes another, \`sessions connect\` draws the QR here:
  $page
And send:
  curl -X POST ${page%page*}messages/send-text -H 'Content-Type: application/json' \\
    -H 'X-API-Key: YOUR KEY' -d '{"to": "NUMBER WITH COUNTRY CODE", "message": "Hello!"}'
TEXT
