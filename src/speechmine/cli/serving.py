"""The command that serves the workbench: serve."""

from __future__ import annotations

from pathlib import Path

import click

from speechmine.cli.options import MODEL, PROCESSES, PROFILE, RULES, seconds_option

__all__ = ["serve"]


@click.command("serve")
@click.argument(
    "folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path)
)
@click.option(
    "--store",
    metavar="FILE|URL",
    help="Where corrections are kept (库): an SQLite file, FOLDER/speechmine.db by default, or "
    "postgresql://user@host/name.",
)
@click.option("--port", type=click.IntRange(0, 65535), default=8710, show_default=True)
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on; any but loopback (非本机) asks visitors for a token (口令), which "
    "is printed at the start or taken from SPEECHMINE_SERVE_TOKEN.",
)
@click.option(
    "--name",
    "names",
    multiple=True,
    metavar="HOST",
    help="Name that visitors call this machine by, such as duban.example; may be repeated.",
)
@click.option(
    "--tracker",
    "trackers",
    multiple=True,
    metavar="ADDRESS",
    help="Tracker (任务系统) that ledgers may be pushed to, as for push; may be repeated.",
)
@PROCESSES
@seconds_option("What one text may take (时限，秒).")
@click.option("--no-browser", is_flag=True, help="Do not open the browser (不打开浏览器).")
@RULES
@PROFILE
@MODEL
def serve(  # noqa: PLR0913  # one parameter an option
    *,
    folder: Path | None,
    store: str | None,
    port: int,
    host: str,
    names: tuple[str, ...],
    trackers: tuple[str, ...],
    workers: int | None,
    seconds: float,
    no_browser: bool,
    rules: Path | None,
    profile: Path | None,
    model: Path | None,
) -> None:
    """Serve the workbench (工作台): read, correct and give out ledgers in the browser.

    FOLDER holds texts to choose from; others are dropped into the page. Every correction is kept
    in the store at once. Programs find an HTTP API under /api/openapi.json. Nothing leaves this
    machine but what is pushed to a --tracker. Ctrl-C ends it.

    Needs: pip install 'speechmine[serve]'.
    """
    try:
        from speechmine.cli.serving_run import ServeOptions, run_serve
    except ModuleNotFoundError as error:
        advice = f"pip install 'speechmine[serve]' ({error.name} is missing)"
        raise click.UsageError(advice) from error
    run_serve(
        ServeOptions(
            folder=folder,
            store=store,
            port=port,
            host=host,
            names=names,
            trackers=trackers,
            workers=workers,
            seconds=seconds,
            browser=not no_browser,
            rules=rules,
            profile=profile,
            model=model,
        )
    )
