"""An office's judgement, learnt from the texts that it corrected.

    annotated.py  annotated texts as the judge sees them   features.py   what the fits see of them
    adapting.py   the weights moved                         measuring.py  what was gained
    sources.py    folders and stores                        doubts.py     what to correct first

Labels of sentences and levels of tasks are learnt; dates, numbers and parties come from rules
and are never touched.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from speechmine.errors import UsageError
from speechmine.judge import load_model, shipped_model
from speechmine.judge.model import shipped_bytes
from speechmine.learning.adapting import Strength, adapted
from speechmine.learning.annotated import Gold, as_text, read_gold
from speechmine.learning.doubts import by_doubt, doubt_of
from speechmine.learning.measuring import Counts, Gain, counted, gain_of
from speechmine.learning.sources import Source, read_golds
from speechmine.rules.schema import RuleSet

__all__ = [
    "Counts",
    "Gain",
    "Gold",
    "Lesson",
    "Source",
    "Strength",
    "adapted",
    "as_text",
    "by_doubt",
    "counted",
    "doubt_of",
    "gain_of",
    "learn",
    "read_gold",
    "read_golds",
]

#: With fewer texts nothing can be said of one left out.
LEAST = 4
#: So many fits at most: of more texts several are left out at a time.
MOST_FITS = 30
#: A gain in fewer draws than this may be luck; one that is lost in so many is a loss.
SURE = 0.8


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt.

    Attributes:
        texts: how many it was learnt from. fits: how often some were left out.
        gain: what texts left out gained. model: the stored form, to be written to a file; None
            where it does not help.
    """

    texts: int
    fits: int
    gain: Gain
    model: bytes | None

    @property
    def helps(self) -> bool:
        """Whether texts that were left out are read better."""
        return self.model is not None


def learn(
    golds: Sequence[Gold],
    *,
    base: bytes | None = None,
    rules: RuleSet | None = None,
    watch: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> Lesson:
    """Fit the labels and levels to annotated texts, and say whether that helps.

    Each text is left out once: a model fitted to the others reads it, and so does the model that
    one begins with. Where that does not help, no model is given.

    Args:
        golds: the annotated texts.
        base: stored form of the model to begin with; the shipped one by default.
        rules: the rule set; the shipped one by default.
        watch: goes through the numbers of the fits, to show how far it is.

    Raises:
        UsageError: there are too few texts.
    """
    if len(golds) < LEAST:
        raise UsageError(f"{len(golds)} annotated texts: at least {LEAST} are expected")
    begun = load_model(base) if base else shipped_model()
    base = base or shipped_bytes()
    golds = sorted(golds, key=lambda gold: (gold.content, gold.name))
    texts = [as_text(gold, rules) for gold in golds]
    before = [counted(gold, begun, rules) for gold in golds]
    fits = min(len(golds), MOST_FITS)
    after = dict.fromkeys(range(len(golds)), Counts())
    for fit in watch(range(fits)):
        model = load_model(adapted(base, [t for n, t in enumerate(texts) if n % fits != fit]))
        for n in range(fit, len(golds), fits):
            after[n] = counted(golds[n], model, rules)
    gain = gain_of(before, list(after.values()))
    return Lesson(len(golds), fits, gain, adapted(base, texts) if _is_better(gain) else None)


def _is_better(gain: Gain) -> bool:
    """Whether tasks or labels are surely read better, and neither surely worse."""
    sure = (gain.sure_f1, gain.sure_labels)
    return max(sure) >= SURE and min(sure) > 1 - SURE
