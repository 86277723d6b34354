"""The command line: a thin shell that parses and calls."""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
from gettext import gettext as _

import click

from speechmine.cli.language import localized, set_language

__all__ = ["main"]

#: What a full disk, a full share of one, or a broken one gives; a file of ours is named elsewhere.
_CANNOT_WRITE = (errno.ENOSPC, errno.EDQUOT, errno.EIO)

#: Where each command stands; a module is loaded when its command is called or help asked for.
_COMMANDS = {
    "extract": "speechmine.cli.extracting:extract",
    "show": "speechmine.cli.extracting:show",
    "segment": "speechmine.cli.extracting:segment",
    "check": "speechmine.cli.checking:check",
    "ledger": "speechmine.cli.ledgers:ledger",
    "due": "speechmine.cli.due:due",
    "notice": "speechmine.cli.due:notice",
    "push": "speechmine.cli.pushing:push",
    "pull": "speechmine.cli.pushing:pull",
    "report": "speechmine.cli.reporting:report",
    "targets": "speechmine.cli.comparing:targets",
    "compare": "speechmine.cli.comparing:compare",
    "explore": "speechmine.cli.exploring:explore",
    "kwic": "speechmine.cli.exploring:kwic",
    "codebook": "speechmine.cli.papers:codebook",
    "cite": "speechmine.cli.papers:cite",
    "serve": "speechmine.cli.serving:serve",
    "mcp": "speechmine.cli.agents:mcp",
    "learn": "speechmine.cli.teaching:learn",
}


class _Commands(click.Group):
    """A group whose commands load on first use, as Click's guide on lazy loading has it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(_COMMANDS)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002
        cmd_name: str,
    ) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return localized(command)


@click.group("speechmine", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="speechmine", message="%(prog)s %(version)s")
def _cli() -> None:
    """Read Chinese government speeches and reports (讲话, 政府工作报告).

    Gives tasks (任务), parties (责任单位), deadlines (时限) and metrics (指标), each with its
    place in the text. What the text does not say stays empty.
    """


def main() -> None:
    """Run the command line and exit with its status."""
    for stream, errors in ((sys.stdout, "replace"), (sys.stderr, "backslashreplace")):
        # Chinese text under LC_ALL=C or an old Windows code page.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    set_language()
    # The judge's sums are small: threads for them cost a start more than they ever give back.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        localized(_cli)(prog_name="speechmine", windows_expand_args=False)
    except OSError as error:
        if error.errno not in _CANNOT_WRITE or error.filename is not None:
            raise
        reason = error.strerror or str(error)
        said = _("standard output: cannot be written ({reason})").format(reason=reason)
        click.echo(f"speechmine: {said}", err=True)
        sys.exit(1)
    finally:
        with contextlib.suppress(OSError, ValueError):
            sys.stdout.flush()
