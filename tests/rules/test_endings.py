"""A pattern that reaches the end is asked only where its last character fits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.rules.gates import Ending, closers_of

_PATTERNS = [
    "(?:持续|稳步)(?:改善|增长)$",
    r"(?:持续|稳步)(?:改善|增长)\Z",
    "(?:等)?(?:工作|事宜)?的?$",
    "[一-龥]{1,3}(?:率|量)?$",
    "目标(?=增长)$|水平$",
    ".$",
]
_SAID = st.text(alphabet="持续稳步改善增长工作率量的目标水平，\n", max_size=12)


@pytest.mark.parametrize("pattern", _PATTERNS)
@settings(deadline=None)
@given(text=_SAID, data=st.data())
def test_it_finds_what_the_pattern_finds(pattern, text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    plain, asked = re.compile(pattern), Ending(re.compile(pattern))
    assert _span(asked.search(text, start, end)) == _span(plain.search(text, start, end))
    assert _span(asked.match(text, start, end)) == _span(plain.match(text, start, end))


def _span(found: re.Match[str] | None) -> tuple[int, int] | None:
    return found.span() if found else None


@pytest.mark.parametrize(
    ("pattern", "closers"),
    [
        ("(?:负责|牵头)$", "责头"),
        ("负责人?", "责人"),
        ("负责(?=的)", "责"),
        ("(?:人|同志)(?:们)*", "人志们"),
        ("负责.?", None),
        ("[一-龥]", None),
        ("(?:负责)?", None),
    ],
)
def test_what_a_match_can_end_in(pattern, closers):
    assert closers_of(pattern) == (None if closers is None else frozenset(closers))
