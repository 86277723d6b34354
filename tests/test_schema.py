from __future__ import annotations

import json
import runpy
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from samples import extraction, extraction_of
from shared import SHARED

SCRIPT = Path(__file__).parent.parent / "scripts" / "write_schema.py"
CONTRACT = SHARED / "contract" / "extraction.schema.json"


def test_schema_file_is_what_the_types_say() -> None:
    script = runpy.run_path(str(SCRIPT))
    stored = json.loads(script["SCHEMA_FILE"].read_text(encoding="utf-8"))
    assert stored == script["extraction_schema"](), "run python scripts/write_schema.py"


@pytest.mark.parametrize("result", [extraction(), extraction(mode="full"), extraction_of("好。")])
def test_objects_pass_the_schema(result: Any, schema: jsonschema.Draft202012Validator) -> None:
    schema.validate(result.to_dict())


def broken() -> list[dict[str, Any]]:
    sound = extraction().to_dict()
    task = sound["tasks"][0]
    return [
        {**sound, "mode": "loose"},
        {**sound, "tasks": [{**task, "level": 0}]},
        {**sound, "tasks": [{**task, "title": "长" * 61}]},
        {**sound, "tasks": [{**task, "start": -1}]},
        {**sound, "tasks": [{k: v for k, v in task.items() if k != "deadline"}]},
        {**sound, "errors": [{"source": "a.txt"}]},
    ]


@pytest.mark.parametrize("item", broken())
def test_schema_refuses(item: dict[str, Any], schema: jsonschema.Draft202012Validator) -> None:
    assert not schema.is_valid(item)


@pytest.mark.skipif(not CONTRACT.is_file(), reason=f"no contract at {CONTRACT}")
def test_the_contract_accepts_what_ours_accepts() -> None:
    contract = jsonschema.Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8")))
    for result in (extraction(), extraction_of("好。")):
        contract.validate({**result.to_dict(), "errors": []})
    assert not any(contract.is_valid(item) for item in broken()[:3])
