from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest


@pytest.fixture(scope="session")
def schema() -> jsonschema.Draft202012Validator:
    file = files("speechmine") / "schema" / "extraction.schema.json"
    return jsonschema.Draft202012Validator(json.loads(file.read_text(encoding="utf-8")))
