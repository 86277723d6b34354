"""The workbench: texts and ledgers in a browser, corrected in place; the same for programs.

    app.py       put together             guard.py     who may ask for what
    pages.py     what people see          api.py       what programs ask for
    commands.py  corrections as they come in            views.py   what is shown of a text
    jobs.py      work done in processes of its own      hands.py   how many of them, how long
    words.py     the words of the pages, Chinese and English

Nothing leaves the machine but what a reader pushes to a tracker named at the start.
"""

from speechmine.workbench.app import make_app
from speechmine.workbench.settings import Reading, Settings

__all__ = ["Reading", "Settings", "make_app"]
