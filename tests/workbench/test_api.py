"""What programs ask for, over HTTP."""

from __future__ import annotations

import io
import json

import jsonschema
import openpyxl
import pytest
import requests

import speechmine
from speechmine.workbench import Settings, make_app

from workbench_samples import SPEECH

pytestmark = pytest.mark.slow


def post(client, path, **body):
    return requests.post(f"{client.url}/api/{path}", json=body, timeout=120)


def test_an_extraction_is_the_library_s(client):
    found = post(client, "extract", text=SPEECH, date="2024-05-10", id="a").json()
    document = speechmine.Document(SPEECH, id="a")
    expected = speechmine.extract(document, date="2024-05-10").to_dict() | {"errors": []}
    assert found == json.loads(json.dumps(expected))
    files = {"file": ("a.txt", SPEECH.encode())}
    data = {"date": "2024-05-10", "mode": "full"}
    answer = requests.post(f"{client.url}/api/extract-file", files=files, data=data, timeout=60)
    assert answer.json()["mode"] == "full"


@pytest.mark.parametrize(
    ("body", "expected", "words"),
    [
        ({"text": ""}, 422, "text"),
        ({"text": "好", "date": "2024-02-30"}, 400, "2024-02-30"),
        ({"text": "好", "mode": "loose"}, 422, "mode"),
        ({"text": " \n"}, 422, "empty"),
        ({"text": "好", "more": 1}, 422, "more"),
    ],
)
def test_what_is_wrong_is_said(client, body, expected, words):
    answer = post(client, "extract", **body)
    assert answer.status_code == expected
    assert words in answer.json()["detail"]


def test_ledger_targets_and_themes(client):
    texts = [{"text": SPEECH, "id": "a", "date": "2024-05-10"}]
    book = openpyxl.load_workbook(io.BytesIO(post(client, "ledger", texts=texts).content))
    assert any("堤防" in str(row) for row in book.worksheets[0].values)
    report = "今年的主要预期目标是：地区生产总值增长5%左右。扩大就业，改善民生。"
    texts = [{"text": report, "id": "b", "date": "2024-01-08"}]
    (row,) = post(client, "targets", texts=texts).json()["rows"]
    assert (row["indicator_id"], row["low"]) == ("gdp_growth", 5.0)
    assert post(client, "themes", texts=texts).json()["rows"]


def test_a_batch_streams_in_order_and_goes_on_past_what_is_broken(client):
    lines = [json.dumps({"text": f"请县水利局制定第{n}号方案。", "id": f"t{n}"}) for n in range(20)]
    lines[7] = "{broken"
    body = ("\n".join(lines) + "\n").encode()
    with requests.post(f"{client.url}/api/batch", data=body, timeout=120, stream=True) as answer:
        told = [json.loads(line) for line in answer.iter_lines()]
    assert [t["document"]["id"] for t in told if "document" in t] == [
        f"t{n}" for n in range(20) if n != 7
    ]
    assert told[7]["id"] == "line 8"


def test_a_broken_line_is_told_by_its_number_in_one_line(client):
    body = '\n\n{"text": ""}\n{"text": "请县水利局制定方案。", "date": "soon", "id": "z"}'.encode()
    answer = requests.post(f"{client.url}/api/batch", data=body, timeout=120)
    first, second = (json.loads(line) for line in answer.text.splitlines())
    assert first == {"id": "line 3", "detail": "text: String should have at least 1 character"}
    assert second["id"] == "z"
    assert "a day as YYYY-MM-DD is expected" in second["detail"]


def test_several_texts_are_told_apart(client):
    texts = [{"text": "今年的预期目标是：财政收入增长5%左右。", "place": "东河县"}] * 2
    rows = post(client, "targets", texts=texts).json()["rows"]
    assert [(row["doc_id"], row["place"]) for row in rows] == [
        ("text1", "东河县"),
        ("text2", "东河县"),
    ]
    named = [text | {"id": "a"} for text in texts]
    for path, given, words in (
        ("targets", named, "two texts have the id 'a'"),
        ("ledger", named, "two texts have the id 'a'"),
        ("ledger", [named[0], {"text": " ", "id": "b"}], "b: the text is empty"),
    ):
        body = {"texts": given}
        answer = requests.post(f"{client.url}/api/{path}", json=body, timeout=60)
        assert words in answer.json()["detail"], path


def test_what_readers_left_is_there_for_programs(client):
    key = client.add()
    dam = client.task(key, "堤防")
    assert client.do(key, "level", task=dam["id"], level=2, token="once").ok
    assert client.do(key, "level", task=dam["id"], level=1, token="once").ok
    assert client.task(key, "堤防")["level"] == 2
    assert client.actions(key) == ["level"]
    gold = requests.get(f"{client.url}/api/texts/{key}/gold", timeout=60).text.splitlines()
    assert any(t["level"] == 2 for line in gold for t in json.loads(line)["tasks"])
    assert key in [text["key"] for text in client.get("texts")]
    assert client.do("d-none", "accept", task="t-1").status_code == 404
    assert client.do(key, "accept", task="t-1").status_code == 400
    assert client.do(key, "level", task=dam["id"]).status_code == 400


def test_what_takes_too_long_is_ended(tmp_path):
    import anyio

    from speechmine.errors import ReadError
    from speechmine.workbench.hands import BusyError, ReadingHands

    async def slow():
        import time

        hands = ReadingHands(1, 0, 0.2)
        async with anyio.create_task_group() as group:

            async def first():
                with pytest.raises(ReadError, match="longer than"):
                    await hands.do(time.sleep, 60)

            group.start_soon(first)
            await anyio.lowlevel.checkpoint()
            with pytest.raises(BusyError):
                await hands.do(time.sleep, 0)

    anyio.run(slow)


def test_the_description_holds_to_what_is_done(tmp_path, client):
    """Schemathesis asks for everything that the description allows, and much that it forbids."""
    schemathesis = pytest.importorskip("schemathesis")
    from hypothesis import HealthCheck, Phase, settings
    from schemathesis.checks import CHECKS, load_all_checks

    @schemathesis.serializer("application/x-ndjson")
    def lines(_context, value):
        return str(value).encode("utf-8", "replace")

    load_all_checks()
    schema = schemathesis.openapi.from_url(f"{client.url}/api/openapi.json")
    wanted = ("not_a_server_error", "status_code_conformance", "content_type_conformance")
    checks = CHECKS.get_by_names([*wanted, "response_schema_conformance"])
    few = settings(
        max_examples=12,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        database=None,
        derandomize=True,
    )
    operations = 0
    for result in schema.get_all_operations():
        operation = result.ok()
        operations += 1
        from hypothesis import given

        @few
        @given(case=operation.as_strategy())
        def ask(case):
            case.call_and_validate(checks=checks, timeout=120)

        ask()
    assert operations >= 10


def test_the_description_has_the_contract_in_it():
    app = make_app(Settings(store="nowhere.db"))
    found = app.app.openapi()
    jsonschema.Draft202012Validator.check_schema(found["components"]["schemas"]["Extraction"])
    assert "/texts" not in found["paths"]
    assert {path.split("/")[1] for path in found["paths"]} == {"api"}
