"""What stands above holds below, until it ends or something nearer begins."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from speechmine.scopes import Reach, Scopes, until_next

ENDS = st.integers(0, 30)
REACHES = st.lists(st.tuples(ENDS, ENDS), max_size=12)


def nearest(reaches: list[tuple[int, int]], place: int) -> int | None:
    """The plain answer: of all that hold, the one begun last."""
    holding = [(start, i) for i, (start, end) in enumerate(reaches) if start <= place < end]
    return max(holding)[1] if holding else None


@settings(deadline=None)
@given(REACHES, st.integers(-1, 31))
def test_the_nearest_that_holds(reaches: list[tuple[int, int]], place: int) -> None:
    scopes = Scopes(Reach(start, end, i) for i, (start, end) in enumerate(reaches))
    assert scopes.at(place) == nearest(reaches, place)


def test_an_outer_one_holds_again_when_the_inner_one_ends() -> None:
    scopes = Scopes([Reach(0, 100, "outer"), Reach(10, 20, "inner"), Reach(15, 40, "last")])
    said = [scopes.at(place) for place in (0, 10, 15, 20, 39, 40, 99, 100)]
    assert said == ["outer", "inner", "last", "last", "last", "outer", "outer", None]


def test_each_until_the_next() -> None:
    parts = until_next([2, 5], ["review", "plan"], 9)
    assert [parts.at(place) for place in (1, 2, 4, 5, 9, 10)] == [
        None,
        "review",
        "review",
        "plan",
        "plan",
        None,
    ]
    assert until_next([], [], 9).at(3) is None
