"""Every error that speechmine raises on purpose.

    SpeechmineError
    |-- ReadError          an input that cannot be read (path, reason, how to mend it)
    |-- RuleError          a rule file that does not hold to its schema (file, entry, field)
    `-- UsageError         a call whose arguments make no sense together

What the rules see and cannot settle is no error: it is a
:class:`speechmine.model.Notice` in the result.
"""

from __future__ import annotations

__all__ = ["ReadError", "RuleError", "SpeechmineError", "UsageError"]


class SpeechmineError(Exception):
    """Base of all errors raised on purpose; catch this to catch them all."""


class ReadError(SpeechmineError):
    """An input could not be read.

    Args:
        source: the path or name of the input.
        reason: what is wrong with it.
        remedy: how the user can mend it.

    Example:
        >>> str(ReadError("a.txt", "the file is empty", "write the speech into it"))
        'a.txt: the file is empty; write the speech into it'
    """

    def __init__(self, source: str, reason: str, remedy: str = "") -> None:
        self.source = source
        self.reason = reason
        self.remedy = remedy
        super().__init__(f"{source}: {self.message}")

    @property
    def message(self) -> str:
        """Reason and remedy without the source."""
        return f"{self.reason}; {self.remedy}" if self.remedy else self.reason

    def __reduce__(self) -> tuple[type[ReadError], tuple[str, str, str]]:
        return type(self), (self.source, self.reason, self.remedy)


class RuleError(SpeechmineError):
    """A rule file breaks the rule schema; the message names file, entry and field."""


class UsageError(SpeechmineError):
    """Arguments that do not fit together; the message says what was expected."""
