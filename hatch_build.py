"""Prepare patterns and rules for the interpreter that builds (see ``speechmine.preparing``).

In a wheel the file lies beside the rule files; an editable installation has it in its sources.
A build without what the preparation needs gives a wheel without the file, which only starts later.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PreparingHook(BuildHookInterface):
    """Called by hatchling for wheels, ordinary and editable."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the file and put it into the wheel; into the sources where they are what is run."""
        sources = Path(self.root) / "src"
        name = f"speechmine/rules/prepared.{sys.implementation.cache_tag}.bin"
        if version == "editable":
            self._prepare(sources, sources / name)
            return
        self._folder = tempfile.TemporaryDirectory()  # until the wheel is written
        file = Path(self._folder.name) / "prepared.bin"
        if self._prepare(sources, file):
            build_data["force_include"][str(file)] = name

    def _prepare(self, sources: Path, file: Path) -> bool:
        environment = {**os.environ, "PYTHONPATH": str(sources), "PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "speechmine.preparing", str(file)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            reason = done.stderr.strip().splitlines()[-1:] or ["no reason given"]
            self.app.display_warning(f"patterns are not prepared: {reason[0]}")
        return not done.returncode

    def finalize(
        self,
        version: str,
        build_data: dict[str, Any],  # noqa: ARG002
        artifact_path: str,  # noqa: ARG002
    ) -> None:
        """Clear away what was only for the wheel."""
        if version != "editable":
            self._folder.cleanup()
