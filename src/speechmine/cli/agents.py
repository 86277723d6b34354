"""The command that serves tools to agents: mcp."""

from __future__ import annotations

import os
import signal
import sys
from gettext import gettext as _
from pathlib import Path

import click

from speechmine.cli.options import PROCESSES, PROFILE, RULES, seconds_option

__all__ = ["mcp"]


@click.command("mcp")
@click.option(
    "--folder",
    "folders",
    multiple=True,
    metavar="FOLDER",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder whose texts may be read (可读的文件夹), and nothing outside of it; may be "
    "repeated. By default no file is read: texts come in the call.",
)
@PROCESSES
@seconds_option("What one call may take (时限，秒).")
@RULES
@PROFILE
def mcp(
    *,
    folders: tuple[Path, ...],
    workers: int | None,
    seconds: float,
    rules: Path | None,
    profile: Path | None,
) -> None:
    """Serve tools to agents (智能体) by the Model Context Protocol, over stdin and stdout.

    The tools are extract (提取), find_tasks (查任务), targets (预期目标), promises (目标完成情况),
    compare (历年比较) and explain (溯源); with --folder list_files and read_file too. Each answer
    has offsets for quoting. An agent's program starts this command itself; nothing leaves this
    machine by it.

    Needs: pip install 'speechmine[mcp]'.
    """
    try:
        from speechmine.agents.server import serve_tools
        from speechmine.agents.tools import ToolDesk
        from speechmine.workbench.hands import ReadingHands
    except ModuleNotFoundError as error:
        advice = f"pip install 'speechmine[mcp]' ({error.name} is missing)"
        raise click.UsageError(advice) from error
    from speechmine.workbench.settings import ReadBy

    # Workers start Pythons, which must not take code from a folder of speeches.
    os.environ["PYTHONSAFEPATH"] = "1"
    reading = ReadBy(rules, profile)
    hands = ReadingHands(workers or os.cpu_count() or 1, waiting=64, seconds=seconds)
    desk = ToolDesk(hands, _named_folders(folders), reading)
    # A thread waits for the next call, and hears of Ctrl-C only then; nothing is left half done.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if sys.stdin.isatty():
        said = _("waiting for an agent's program on stdin (MCP); Ctrl-C ends it")
        click.echo(f"speechmine: {said}", err=True)
    serve_tools(desk)


def _named_folders(folders: tuple[Path, ...]) -> dict[str, Path]:
    """Folders by what stands before the names of their files: nothing where there is one."""
    if len(folders) == 1:
        return {"": folders[0].absolute()}
    found: dict[str, Path] = {}
    for folder in folders:
        name = folder.resolve().name
        if name in found:
            said = _("--folder: two are called {name!r}; rename one").format(name=name)
            raise click.UsageError(said)
        found[name] = folder.absolute()
    return found
