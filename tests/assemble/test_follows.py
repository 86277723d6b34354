"""Stages of a product named in the same sentence follow its task (S4)."""

from __future__ import annotations

import pytest

import speechmine

FOLLOWS = [
    "要制定数字政务建设方案，并抓好组织实施。",
    "要制定河长巡查办法，抓好试点，总结经验，逐步推广。",
]
APART = [
    "要出台征收补偿办法，编制安置方案。",
    "要出台征收补偿办法。要搞好试点。",
    "要开展环境整治，搞好试点。",
    "要出台征收补偿办法，推广节水灌溉技术。",
]


def stages(text: str) -> list[str]:
    tasks = speechmine.extract(text, mode="full").tasks
    texts = {task.id: task.text for task in tasks}
    return [texts[task.follows] for task in tasks if task.follows]


@pytest.mark.parametrize("text", FOLLOWS)
def test_a_stage_follows_its_product(text: str) -> None:
    (product,) = stages(text)
    assert text[1:].startswith(product)


@pytest.mark.parametrize("text", APART)
def test_other_tasks_stand_by_themselves(text: str) -> None:
    assert stages(text) == []
