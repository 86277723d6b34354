"""Chinese government speeches and reports as tasks, parties, deadlines and metrics.

    >>> import speechmine
    >>> result = speechmine.extract("各镇要在6月底前建立防汛台账。", date="2024-05-10")
    >>> result.tasks[0].deadline.edtf
    '../2024-06-30'

Names are loaded when they are first used, so that importing the package costs next to nothing.
"""

# Nothing is imported here: ``python -m speechmine`` comes by with a folder of speeches on its path.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from speechmine.assemble.profile import Profile, load_profile
    from speechmine.errors import ReadError, RuleError, SpeechmineError, UsageError
    from speechmine.find import find_quantities, find_times
    from speechmine.frame_extraction import extract_frame
    from speechmine.model import (
        Aside,
        Deadline,
        Document,
        Extraction,
        Heading,
        Metric,
        Notice,
        Party,
        Place,
        Quantity,
        Section,
        Segment,
        Task,
    )
    from speechmine.paper import cite
    from speechmine.pipeline import extract
    from speechmine.pledges import achieved, promises, ratchet, targets
    from speechmine.readers import read
    from speechmine.rules.loader import load_rules
    from speechmine.steps import progress

__all__ = [
    "Aside",
    "Deadline",
    "Document",
    "Extraction",
    "Heading",
    "Metric",
    "Notice",
    "Party",
    "Place",
    "Profile",
    "Quantity",
    "ReadError",
    "RuleError",
    "Section",
    "Segment",
    "SpeechmineError",
    "Task",
    "UsageError",
    "achieved",
    "cite",
    "extract",
    "extract_frame",
    "find_quantities",
    "find_times",
    "load_profile",
    "load_rules",
    "progress",
    "promises",
    "ratchet",
    "read",
    "targets",
]

__version__ = "0.1.0"

_HOME = {
    **dict.fromkeys(("ReadError", "RuleError", "SpeechmineError", "UsageError"), "errors"),
    **dict.fromkeys(("find_quantities", "find_times"), "find"),
    **dict.fromkeys(("Profile", "load_profile"), "assemble.profile"),
    "cite": "paper",
    "extract": "pipeline",
    "extract_frame": "frame_extraction",
    "load_rules": "rules.loader",
    **dict.fromkeys(("achieved", "promises", "ratchet", "targets"), "pledges"),
    "progress": "steps",
    "read": "readers",
}


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'speechmine' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"speechmine.{_HOME.get(name, 'model')}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
