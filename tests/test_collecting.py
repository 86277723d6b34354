"""The search for garbage is put off, and goes on as it was."""

from __future__ import annotations

import gc

import pytest

import speechmine
from speechmine.collecting import put_off


@pytest.fixture(params=[True, False])
def looked(request):
    """Whether circles are looked for; as it was afterwards."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_it_is_as_it_was_behind_the_block(looked):
    with put_off():
        assert not gc.isenabled()
    assert gc.isenabled() == looked


def test_it_is_as_it_was_behind_an_error(looked):
    with pytest.raises(ValueError, match="no"), put_off():
        raise ValueError("no")
    assert gc.isenabled() == looked


def test_an_extraction_leaves_it_as_it_was(looked):
    assert speechmine.extract("区财政局要在3月底前制定奖补方案。").tasks
    assert gc.isenabled() == looked
