"""The search for circles of garbage is left while a text is read, and goes on as it was."""

from __future__ import annotations

import gc

import pytest

import speechmine
from speechmine import pipeline

SAID = "区财政局要在3月底前制定奖补方案。"


@pytest.fixture(params=[True, False])
def looked(request):
    """Whether circles are looked for; as it was afterwards."""
    before = gc.isenabled()
    (gc.enable if request.param else gc.disable)()
    yield request.param
    (gc.enable if before else gc.disable)()


def test_an_extraction_leaves_it_as_it_was(looked):
    assert speechmine.extract(SAID).tasks
    assert gc.isenabled() == looked


def test_an_extraction_that_fails_leaves_it_as_it_was(looked, monkeypatch):
    def failing(*_given, **_named):
        assert not gc.isenabled()
        raise ValueError("no")

    monkeypatch.setattr(pipeline, "part_tables", failing)
    with pytest.raises(ValueError, match="no"):
        speechmine.extract(SAID)
    assert gc.isenabled() == looked


def test_of_a_long_text_it_goes_on(looked, monkeypatch):
    monkeypatch.setattr(pipeline, "LONG", len(SAID))
    seen = []

    def linking(tasks, *_given):
        seen.append(gc.isenabled())
        return tasks

    monkeypatch.setattr(pipeline, "link_stages", linking)
    speechmine.extract(SAID)
    assert seen == [looked]
