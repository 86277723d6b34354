"""Pages to look around in a corpus with: one file each, which asks no network for anything.

    >>> from speechmine.explore import explorer_page
    >>> page = explorer_page({2023: "深化改革。", 2024: "扩大就业，深化改革。"}, lang="en")
    >>> "<script" in page and "src=" not in page
    True

:func:`explorer_page` searches any word by year, place and report, and sets two groups apart in a
scatter whose words open their places; :func:`context_page` is a table of keyword in context.
"""

from speechmine.explore.contexts import context_page
from speechmine.explore.explorer import explorer_page

__all__ = ["context_page", "explorer_page"]
