"""``python -m speechmine`` does what ``speechmine`` does."""

import os
import sys


def _leave_working_directory() -> None:
    """Take away the working directory that ``-m`` put in front of the path.

    It may be a folder of speeches with a ``socket.py`` between them. Where speechmine itself
    stands in it, it is the folder of its sources.
    """
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # noqa: PTH100, PTH120
    here = sys.path[0] if sys.path else None
    if not sys.flags.safe_path and here != home and here in ("", os.getcwd()):  # noqa: PTH109
        del sys.path[0]


if __name__ == "__main__":
    # Before anything else is imported; pathlib would be looked for in the working directory.
    _leave_working_directory()
    from speechmine.cli import main

    main()
