"""The workbench as a running server."""

from __future__ import annotations

import contextlib
import ipaddress
import os
import secrets
import socket
import threading
import webbrowser
from dataclasses import dataclass
from gettext import gettext as _
from pathlib import Path

import click
import uvicorn

from speechmine.cli.told import one_line
from speechmine.errors import SpeechmineError
from speechmine.judge import open_model
from speechmine.store import open_store
from speechmine.trackers import open_sink
from speechmine.workbench import ReadBy, Settings, make_app

__all__ = ["ServeOptions", "run_serve"]

_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
#: Addresses that mean all of this machine's.
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
_LEAST_TOKEN = 16
_MOST_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the user asked for; see the options of ``speechmine serve``."""

    folder: Path | None
    store: str | None
    port: int
    host: str
    names: tuple[str, ...]
    trackers: tuple[str, ...]
    workers: int | None
    seconds: float
    browser: bool
    rules: Path | None
    profile: Path | None
    model: Path | None = None


def run_serve(wanted: ServeOptions) -> None:
    """Serve until Ctrl-C.

    Raises:
        click.UsageError: the store, a tracker or the address cannot be had.
    """
    settings = _settings(wanted)
    try:
        open_store(settings.store).close()
        if wanted.model is not None:
            open_model(wanted.model)
        for tracker in wanted.trackers:
            open_sink(tracker)
    except SpeechmineError as error:
        raise click.UsageError(one_line(str(error))) from error
    listener = _listen(wanted)
    port = listener.getsockname()[1]
    address = f"http://{_called_with(wanted.host)}:{port}/"
    if settings.token is not None:
        address += f"?token={settings.token}"
    click.echo(f"speechmine: {address}", err=True)
    kept = _("corrections are kept in {store}").format(store=_hidden(settings.store))
    click.echo(f"speechmine: {kept}", err=True)
    if wanted.browser:
        threading.Timer(0.8, webbrowser.open, [address]).start()
    # Workers start Pythons, which must not take code from a folder of speeches.
    os.environ["PYTHONSAFEPATH"] = "1"
    config = uvicorn.Config(
        make_app(settings),
        log_level="warning",
        access_log=False,
        server_header=False,
        limit_concurrency=_MOST_AT_ONCE,
        timeout_graceful_shutdown=2,
        proxy_headers=False,
    )
    with contextlib.suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listener])
    click.echo("speechmine: " + _("stopped; every correction is kept"), err=True)


def _settings(wanted: ServeOptions) -> Settings:
    folder = wanted.folder.absolute() if wanted.folder else None
    home = folder or Path.cwd()
    more = {"workers": wanted.workers} if wanted.workers else {}
    return Settings(
        store=wanted.store or str(home / "speechmine.db"),
        folder=folder,
        token=_token(wanted.host),
        hosts=(*_LOOPBACK, *_own_names(wanted)),
        trackers=wanted.trackers,
        reading=ReadBy(wanted.rules, wanted.profile, wanted.model),
        seconds=wanted.seconds,
        **more,
    )


def _own_names(wanted: ServeOptions) -> tuple[str, ...]:
    """What visitors may call this server: its address, and the names given."""
    own = () if wanted.host in _EVERYWHERE else (_shown_host(wanted.host),)
    found = _own_addresses() if not own else ()
    return (*own, *found, *wanted.names)


def _called_with(host: str) -> str:
    """An address that this machine can be reached at."""
    if host not in _EVERYWHERE:
        return _shown_host(host)
    return next((name for name in _own_addresses()[1:]), "127.0.0.1")


def _own_addresses() -> tuple[str, ...]:
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None)
    except OSError:
        return ()
    return (socket.gethostname(), *(_shown_host(str(info[4][0])) for info in infos))


def _shown_host(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _token(host: str) -> str | None:
    """None on loopback; else one from the environment, or a new one."""
    given = os.environ.get("SPEECHMINE_SERVE_TOKEN", "")
    if given:
        if len(given) < _LEAST_TOKEN or not given.isascii() or not given.isprintable():
            said = _("at least {count} letters and digits are expected").format(count=_LEAST_TOKEN)
            raise click.UsageError(f"SPEECHMINE_SERVE_TOKEN: {said}")
        return given
    return None if _is_loopback(host) else secrets.token_urlsafe(24)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _hidden(store: str) -> str:
    from speechmine.store.database import url_of

    url = url_of(store)
    return url.database or "" if url.host is None else url.render_as_string(hide_password=True)


def _listen(wanted: ServeOptions) -> socket.socket:
    """The socket, taken before anything is said of it."""
    with contextlib.ExitStack() as undo:
        try:
            family, kind, _, _, place = socket.getaddrinfo(
                wanted.host, wanted.port, type=socket.SOCK_STREAM
            )[0]
            listener = socket.socket(family, kind)
            undo.callback(listener.close)
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(place)
            listener.listen()  # who comes before all is ready waits, and is not turned away
        except OSError as error:
            reason = error.strerror or str(error)
            advice = "choose another --port or --host"
            raise click.UsageError(f"{wanted.host}:{wanted.port}: {reason}; {advice}") from error
        undo.pop_all()
    return listener
