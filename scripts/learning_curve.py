#!/usr/bin/env python3
"""How many corrected texts give how much: strict F1 on texts held out, as a table and a figure.

    python scripts/learning_curve.py GOLD BASE [--figure OUT.svg]

GOLD is a folder of annotated texts, BASE a model that has not seen them. A third of the texts is
held out, three times; the others are learnt from in their order, or the most doubtful first.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import speechmine
from speechmine.judge import Model, load_model
from speechmine.learning import Counts, Gold, adapted, as_text, counted, doubt_of, read_golds

THIRDS = 3
STEPS = (0, 4, 8, 16)


def doubtful_first(golds: Sequence[Gold], model: Model) -> list[Gold]:
    """The texts in the order in which a reader is to correct them."""
    return sorted(golds, key=lambda gold: -_doubt(gold, model))


def _doubt(gold: Gold, model: Model) -> float:
    document = speechmine.Document(gold.content, id=gold.name, date=gold.date)
    return doubt_of(speechmine.extract(document, mode="full", model=model))


def curve(golds: Sequence[Gold], base: bytes, *, doubtful: bool) -> list[Counts]:
    """What is read of the texts held out, by how many of the others were learnt."""
    totals = [Counts()] * len(STEPS)
    begun = load_model(base)
    for third in range(THIRDS):
        held = golds[third::THIRDS]
        others = [gold for n, gold in enumerate(golds) if n % THIRDS != third]
        ordered = doubtful_first(others, begun) if doubtful else others
        for at, step in enumerate(STEPS):
            texts = [as_text(gold) for gold in ordered[:step]]
            model = load_model(adapted(base, texts)) if texts else begun
            totals[at] = sum((counted(gold, model) for gold in held), totals[at])
    return totals


def draw(curves: dict[str, list[Counts]], out: Path) -> None:
    """The figure."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(5, 3.2), layout="constrained")
    axes = figure.add_subplot()
    for name, counts in curves.items():
        axes.plot(STEPS, [100 * one.f1 for one in counts], marker="o", label=name)
    axes.set(xlabel="texts learnt from", ylabel="strict F1 on texts held out (%)", xticks=STEPS)
    axes.legend(frameon=False)
    axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(out, metadata={"Date": None})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("gold", type=Path)
    parser.add_argument("base", type=Path)
    parser.add_argument("--figure", type=Path)
    options = parser.parse_args()
    golds, base = read_golds([options.gold]), options.base.read_bytes()
    curves = {
        name: curve(golds, base, doubtful=doubtful)
        for name, doubtful in (("as they come", False), ("most doubtful first", True))
    }
    for name, counts in curves.items():
        for step, one in zip(STEPS, counts, strict=True):
            print(f"{name}\t{step}\t{one.f1:.3f}\t{one.labels:.3f}", flush=True)
    if options.figure:
        draw(curves, options.figure)


if __name__ == "__main__":
    main()
