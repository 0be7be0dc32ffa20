"""Addresses of PostgreSQL's servers, taken apart: DuckDB repeats them in its messages, so they hold no password."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote

# A server that is not reached within ten seconds is told, and one that falls silent after a minute of silence.
DEFAULTS = {
    "connect_timeout": "10",
    "application_name": "readiness",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
}
PASSWORD = "password"


def parameters(address: str) -> dict[str, str]:
    """What libpq is to be told for `postgres://user:password@host:port,host:port/database?option=value`."""
    rest, _, query = address.partition("://")[2].partition("?")
    server, _, database = rest.partition("/")
    login, _, hosts = server.rpartition("@")
    user, _, password = login.partition(":")
    pairs = [_host_and_port(one) for one in hosts.split(",")]
    said = {
        "user": unquote(user),
        PASSWORD: unquote(password),
        "host": ",".join(unquote(host) for host, _ in pairs),
        "port": ",".join(port for _, port in pairs) if any(port for _, port in pairs) else "",
        "dbname": unquote(database),
    }
    options = dict(parse_qsl(query, keep_blank_values=True))
    if options.pop("ssl", None) == "true":
        options["sslmode"] = "require"
    return {**DEFAULTS, **{name: value for name, value in said.items() if value}, **options}


def connection_string(parameters: dict[str, str]) -> str:
    """What libpq is to be told in one line, but for the password."""
    return " ".join(f"{name}={_quoted(value)}" for name, value in parameters.items() if name != PASSWORD)


def _host_and_port(text: str) -> tuple[str, str]:
    if text.startswith("["):  # IPv6
        host, _, port = text[1:].partition("]")
        return host, port.removeprefix(":")
    host, _, port = text.partition(":")
    return host, port


def _quoted(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
