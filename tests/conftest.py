from __future__ import annotations

import json
import shutil
from importlib.resources import files

import jsonschema
import pytest
from hypothesis import HealthCheck, settings

# A law may take its time: on a busy machine a clock tells of the machine.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

#: Files and tests that start processes or servers, or go through whole collections of texts.
SLOW = (
    "batch/test_batch.py",
    "batch/test_full_disk.py",
    "assemble/test_no_invented_party.py",
    "assemble/test_table_rows.py::test_nearly_all_rows_of_real_tables",
    "assemble/test_table_rows.py::test_real_tables",
    "extractors/test_growth_targets.py",
    "grammar/test_times.py::test_long_text_takes_linear_time",
    "integrations/test_dask.py",
    "integrations/test_spark.py",
    "ledger/test_round_trip.py",
    "pledges/test_panel.py",
    "pledges/test_promises.py",
    "report/test_report_browser.py",
    "report/test_report_command.py",
    "segment/test_structure_laws.py",
    "test_cli.py",
    "test_cli_batch.py",
    "test_compare.py",
    "test_docs.py::test_the_site_builds_without_a_warning",
    "test_hostile_input.py",
    "test_hostile_modules.py",
    "test_notebooks.py",
    "test_plots.py",
    "test_real_texts.py",
    "test_real_texts_through_writers.py",
    "test_real_times.py",
    "test_round_story.py",
    "themes/",
    "trackers/test_caldav.py",
    "trackers/test_documented_shapes.py",
    "trackers/test_hostile_servers.py",
    "trackers/test_pull.py",
    "trackers/test_redmine.py",
    "trackers/test_slow_and_strange_answers.py",
    "trackers/test_taskwarrior_push.py",
    "writers/test_database.py",
)


CHROMIUM = shutil.which("chromium")
#: Without these the browser looks for hosts of its maker's, or needs a sandbox of its own.
CHROMIUM_OPTIONS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


@pytest.fixture(scope="module")
def browser():
    """A browser for one file of tests, closed behind it.

    Its driver runs a loop of its own in this thread: no other driver and no ``asyncio.run`` works
    beside it.
    """
    tool = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no chromium on this machine")
    with tool.sync_playwright() as started:
        found = started.chromium.launch(executable_path=CHROMIUM, args=list(CHROMIUM_OPTIONS))
        yield found
        found.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, so that ``pytest -m "not slow"`` is a matter of a minute."""
    slow = tuple(f"tests/{name}" for name in SLOW)
    for item in items:
        if item.nodeid.startswith(slow):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def schema() -> jsonschema.Draft202012Validator:
    file = files("speechmine") / "schema" / "extraction.schema.json"
    return jsonschema.Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))
