"""Apache as hosts run it: AllowOverride All, and the web root of an account with our `.htaccess` in it."""

import grp
import os
import pwd
import shutil
from dataclasses import dataclass
from pathlib import Path

from .deadline import accepts_tcp, free_port, until
from .process import Process

_START_TIMEOUT_S = 20.0
_MODULES = Path("/usr/lib/apache2/modules")
# Whom Debian's suexec allows to call it, and from where it reads what it may start.
_SERVER_USER = "www-data"
_SUEXEC_CONFIGURATION = Path("/etc/apache2/suexec")

_ALWAYS = (
    "authz_core", "authz_host", "auth_basic", "authn_core", "authz_user", "alias", "mime", "dir", "env", "setenvif", "headers",
    "rewrite", "autoindex", "negotiation", "reqtimeout",
)


@dataclass(frozen=True)
class Flavour:
    """What a host has compiled into its Apache, and how it becomes the account's user."""

    name: str
    mpm: str
    modules: tuple[str, ...]
    # mpm_itk serves the request itself as the account, as cPanel's mod_ruid2 does; suexec starts programs as the account.
    becomes: str | None = None
    # ModSecurity with the OWASP rules, as their packages set them up, but not only to look on.
    rules: bool = False


# What "cPanel Default" has.
CPANEL = Flavour("cpanel", "prefork", ("cgi", "proxy", "proxy_fcgi"), becomes="mpm_itk")
GUARDED = Flavour("guarded", "prefork", ("cgi", "proxy", "proxy_fcgi", "unique_id", "security2"), becomes="mpm_itk", rules=True)
FCGID = Flavour("fcgid", "prefork", ("fcgid", "cgi"), becomes="suexec")
CGI = Flavour("cgi", "event", ("cgid",), becomes="suexec")
EVERYTHING = Flavour("everything", "event", ("fcgid", "cgid", "proxy", "proxy_fcgi"))
NOTHING = Flavour("nothing", "event", ())

# %>R is the handler that answered in the end: the way that was taken.
_CONFIGURATION = """\
ServerRoot {directory}
DefaultRuntimeDir {directory}
PidFile {directory}/apache.pid
Listen 127.0.0.1:{port}
ServerName localhost
{modules}
TypesConfig /etc/mime.types
User {server_user}
Group {server_group}
ErrorLog {directory}/error.log
LogLevel info
LogFormat "%m %>s %>R %U" ways
CustomLog {directory}/ways.log ways
Mutex file:{directory} default
ScoreBoardFile {directory}/scoreboard
<IfModule cgid_module>
  ScriptSock {directory}/cgid.sock
</IfModule>
<IfModule fcgid_module>
  FcgidIPCDir {directory}/fcgid
  FcgidProcessTableFile {directory}/fcgid/shm
  FcgidMaxRequestLen 1073741824
  FcgidMaxRequestsPerProcess 500
</IfModule>
<IfModule reqtimeout_module>
  RequestReadTimeout header=20-40,minrate=500 body=20,minrate=500
</IfModule>
<IfModule mpm_prefork_module>
  StartServers 10
</IfModule>
<IfModule mpm_event_module>
  StartServers 1
  ThreadsPerChild 16
  ServerLimit 2
  MaxRequestWorkers 32
</IfModule>
AddHandler cgi-script .cgi .pl .plx .ppl .perl
DocumentRoot {web_root}
<Directory "/">
  AllowOverride All
  Options ExecCGI FollowSymLinks IncludesNOEXEC Indexes
  Require all granted
</Directory>
{rules}
<VirtualHost 127.0.0.1:{port}>
  DocumentRoot {web_root}
  {becomes}
</VirtualHost>
"""

_RULES = """\
SecTmpDir {directory}
SecDataDir {directory}
Include {directory}/modsecurity.conf
Include /usr/share/modsecurity-crs/owasp-crs.load
"""
_RULES_BASE = Path("/etc/modsecurity")


class Apache:
    """Serves `web_root` at http://127.0.0.1:<port>/. Where the tests run as root it works as `account`, else as the tests' user."""

    def __init__(self, directory: Path, web_root: Path, flavour: Flavour, account: str | None):
        self.directory = directory.resolve()
        self.directory.mkdir(parents=True, exist_ok=True)
        self.flavour = flavour
        self.port = free_port()
        self._account = account
        # Without suexec or mpm_itk the server has to be the account.
        self._server_user = _SERVER_USER if account and flavour.becomes == "suexec" else account or _own_name()
        fcgid = self.directory / "fcgid"
        fcgid.mkdir()
        if account:
            shutil.chown(fcgid, self._server_user)
        configuration = self.directory / "apache.conf"
        configuration.write_text(self._configuration(web_root.resolve()))
        self.process = Process(f"Apache ({flavour.name})", self._command(configuration, web_root), self.directory / "apache.log")
        until(lambda: accepts_tcp(self.port), _START_TIMEOUT_S, "Apache accepts connections", self.process)

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    def ways(self) -> list[str]:
        """The handler behind each answer so far, in order."""
        log = self.directory / "ways.log"
        # Apache listens before it opens its logs.
        return [line.split(" ")[2] for line in log.read_text().splitlines()] if log.exists() else []

    def error_log(self) -> str:
        return (self.directory / "error.log").read_text(errors="replace")

    def stop(self) -> None:
        self.process.stop()

    def _configuration(self, web_root: Path) -> str:
        group = group_of(self._account) if self._account else ""
        becomes = {"mpm_itk": f"AssignUserID {self._account} {group}", "suexec": f"SuexecUserGroup {self._account} {group}"}
        way = self.flavour.becomes if self._account else None
        names = (f"mpm_{self.flavour.mpm}", *_ALWAYS, *self.flavour.modules, *((way,) if way else ()))
        return _CONFIGURATION.format(
            directory=self.directory, port=self.port, web_root=web_root, server_user=self._server_user,
            server_group=group_of(self._server_user), becomes=becomes[way] if way else "",
            rules=self._rules() if self.flavour.rules else "", modules="\n".join(f"LoadModule {_symbol(name)} {_file(name)}" for name in names),
        )

    def _rules(self) -> str:
        home = self.directory / "rules"
        home.mkdir()
        base = (_RULES_BASE / "modsecurity.conf-recommended").read_text()
        base = base.replace("SecRuleEngine DetectionOnly", "SecRuleEngine On")
        base = base.replace("/var/log/apache2/modsec_audit.log", f"{home}/audit.log").replace("Dir /tmp/", f"Dir {home}")
        (home / "modsecurity.conf").write_text(base)
        shutil.copy(_RULES_BASE / "unicode.mapping", home)
        if self._account:
            shutil.chown(home, self._account, group_of(self._account))
        return _RULES.format(directory=home)

    def _command(self, configuration: Path, web_root: Path) -> list[str]:
        server = [_apache(), "-DFOREGROUND", "-f", str(configuration)]
        if not self._account or self.flavour.becomes != "suexec":
            return server
        # suexec reads what it may start from a fixed place and writes its log to another; this server alone sees its own there.
        allowed, log = self.directory / "suexec", self.directory / "log"
        allowed.mkdir()
        (log / "apache2").mkdir(parents=True)
        (allowed / _SERVER_USER).write_text(f"{web_root.resolve()}\npublic_html\n")
        script = f'mount --bind "$0/suexec" {_SUEXEC_CONFIGURATION} && mount --bind "$0/log" /var/log && exec "$@"'
        return ["unshare", "--mount", "sh", "-c", script, str(self.directory), *server]


def _symbol(name: str) -> str:
    return f"{name}_module"


def _file(name: str) -> Path:
    path = _MODULES / (f"{name}.so" if name == "mpm_itk" else f"mod_{name}.so")
    if not path.exists():
        raise FileNotFoundError(f"{path} is not installed; run `make deps`")
    return path


def _own_name() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def group_of(user: str) -> str:
    return grp.getgrgid(pwd.getpwnam(user).pw_gid).gr_name


def _apache() -> str:
    found = shutil.which("apache2") or shutil.which("apache2", path="/usr/sbin:/usr/local/sbin")
    if not found:
        raise FileNotFoundError("apache2 is not installed; run `make deps`")
    return found
