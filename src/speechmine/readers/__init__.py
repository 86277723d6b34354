"""Files, bytes and strings to documents; nothing here prints or looks beyond what it is given."""

from speechmine.readers.files import most_bytes, read, read_bytes, read_text
from speechmine.readers.former import is_former, read_former
from speechmine.readers.inputs import STANDARD_INPUT, Input, find_inputs, read_input

__all__ = [
    "STANDARD_INPUT",
    "Input",
    "find_inputs",
    "is_former",
    "most_bytes",
    "read",
    "read_bytes",
    "read_former",
    "read_input",
    "read_text",
]
