"""The store itself: texts in, decisions in, corrected extractions out."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Self

import sqlalchemy as sa

from speechmine.batch.packing import unpack_extraction
from speechmine.errors import UsageError
from speechmine.model import Document, Extraction, Mode, content_id
from speechmine.rules.loader import RulesLike, chosen_rules
from speechmine.rules.schema import RuleSet
from speechmine.store.database import EXTRACTIONS, copy_database, open_engine, url_of
from speechmine.store.entries import (
    all_entries,
    find_entry,
    insert_text,
    keep_extraction,
    known_entry,
    stored_text,
)
from speechmine.store.folding import State, fold
from speechmine.store.log import decisions_in, done_before, write_decision
from speechmine.store.records import Decision, RecordChange, StoredText
from speechmine.store.undoing import live, to_redo, to_undo

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

__all__ = ["Act", "Store", "open_store"]

#: What a reader does: see :mod:`speechmine.store.acts`.
Act = Callable[[State], tuple[RecordChange, ...]]


_KEPT_TEXTS = 32


def open_store(where: str | os.PathLike[str], *, rules: RulesLike | None = None) -> Store:
    """Open a store, or begin one.

    Args:
        where: a file (SQLite), or an address such as ``postgresql://user@host/name``.
        rules: rules of your own, or their folder, by which what a reader selects is read.

    Raises:
        ReadError: it cannot be opened, is no store, or is one of a later version.
        UsageError: it is no address of a kind that is known.

    Example:
        >>> import tempfile, speechmine
        >>> folder = tempfile.TemporaryDirectory()
        >>> with open_store(f"{folder.name}/office.db") as store:
        ...     text = store.add_text(speechmine.extract("请区财政局制定奖补方案。", mode="full"))
        ...     [task.title for task in store.corrected(text.key).tasks]
        ['制定奖补方案']
        >>> folder.cleanup()
    """
    url = url_of(where)
    file = url.database if url.get_backend_name() == "sqlite" else None
    return Store(open_engine(url), Path(file) if file else None, chosen_rules(rules))


class Store:
    """Texts with their extractions and the log of all decisions; see :func:`open_store`.

    Args:
        engine: of the database.
        file: where it is one file.
        rules: by which what a reader selects is read.
    """

    def __init__(self, engine: Engine, file: Path | None, rules: RuleSet) -> None:
        self._rules = rules
        self._engine = engine
        self._file = file
        self._lock = threading.Lock()
        self._bases: dict[tuple[str, int], Extraction] = {}
        self._states: dict[str, tuple[int, State]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()

    def add_text(self, extraction: Extraction, *, made_by: str = "") -> StoredText:
        """Take in a text with what was extracted from it; one that is there stays as it is.

        Args:
            extraction: in mode ``full``, so that requirements can become tasks.
            made_by: version of what made it; that of speechmine by default.
        """
        document = extraction.document
        key = content_id("d", (document.id, document.sha256))
        with self._engine.begin() as connection:
            if find_entry(connection, key) is None:
                insert_text(connection, key, document)
                keep_extraction(connection, key, 1, extraction, made_by)
        return self.entry(key)

    def renew(
        self, key: str, extraction: Extraction, *, made_by: str = "", reader: str = "speechmine"
    ) -> StoredText:
        """Put a later extraction of the same text under the decisions.

        Args:
            key: of the text.
            extraction: in mode ``full``.
            made_by: version of what made it; that of speechmine by default.
            reader: who wanted it, for the log.

        Raises:
            UsageError: it is of another text.
        """
        with self._engine.begin() as connection:
            entry = known_entry(find_entry(connection, key), key)
            if extraction.document.sha256 != entry.sha256:
                raise UsageError(f"{entry.name}: the extraction is of another text")
            keep_extraction(connection, key, entry.extraction + 1, extraction, made_by)
            write_decision(connection, entry, reader, "renew")
        return self.entry(key)

    def texts(self) -> tuple[StoredText, ...]:
        """All texts, in the order in which they came in."""
        with self._reading() as connection:
            return tuple(stored_text(row) for row in connection.execute(all_entries()))

    def entry(self, key: str) -> StoredText:
        """One text.

        Raises:
            UnknownTextError: there is none of that key.
        """
        with self._reading() as connection:
            return known_entry(find_entry(connection, key), key)

    def extraction(self, key: str) -> Extraction:
        """What was extracted last, without any decision."""
        with self._reading() as connection:
            entry = known_entry(find_entry(connection, key), key)
            return self._base(connection, key, entry.extraction)

    def document(self, key: str) -> Document:
        """The text with what is known about it."""
        return self.extraction(key).document

    def corrected(self, key: str, *, reader: str | None = None, mode: Mode = "full") -> Extraction:
        """A text as its readers left it.

        Args:
            key: of the text.
            reader: only what this one decided; of all by default, the last word counts.
            mode: ``strict`` for the ledger, ``full`` with requirements (level 1).
        """
        return self.state(key, reader=reader).extraction(mode)

    def state(self, key: str, *, reader: str | None = None) -> State:
        """A text as its readers left it, with who decided what; not to be changed."""
        with self._reading() as connection:
            entry = known_entry(find_entry(connection, key), key)
            return self._state(connection, entry, reader)

    def preview(self, key: str, extraction: Extraction) -> Extraction:
        """What :meth:`corrected` would give on top of a later extraction."""
        number = self.entry(key).extraction + 1
        return fold(extraction, self.decisions(key), number=number, rules=self._rules).extraction()

    def decisions(self, key: str | None = None) -> tuple[Decision, ...]:
        """The log of a text or of all, in its order; what was taken back stands in it, too."""
        with self._reading() as connection:
            return decisions_in(connection, key)

    def readers(self, key: str | None = None) -> tuple[str, ...]:
        """Who decided anything, by name."""
        return tuple(sorted({decision.reader for decision in self.decisions(key)}))

    def decide(
        self, key: str, act: Act, *, reader: str, action: str, token: str | None = None
    ) -> Decision:
        """Let a reader do something; when this returns, it is kept for good.

        Args:
            key: of the text.
            act: gives the changes, from the state as it is at that moment.
            reader: who.
            action: what it is called in the log.
            token: the same a second time gives the first decision and does nothing.

        Raises:
            UsageError: what is meant is not there any more, or makes no sense.
        """
        with self._deciding(key, token) as (connection, entry, done):
            if done is not None:
                return done
            changes = act(self._state(connection, entry, None))
            return write_decision(connection, entry, reader, action, changes=changes, token=token)

    def finish(self, key: str, *, reader: str, done: bool = True) -> Decision:
        """Say that a text is read to its end; only such texts are given out as gold."""
        action = "finish" if done else "reopen"
        return self.decide(key, lambda _: (), reader=reader, action=action)

    def undo(
        self, key: str, *, reader: str, seq: int | None = None, token: str | None = None
    ) -> Decision:
        """Take back a reader's last decision, or the one named.

        Raises:
            UsageError: there is none, or a later decision is about the same record.
        """
        with self._deciding(key, token) as (connection, entry, done):
            if done is not None:
                return done
            undoes = to_undo(live(decisions_in(connection, key)), reader, seq).seq
            return write_decision(connection, entry, reader, "undo", undoes=undoes, token=token)

    def redo(self, key: str, *, reader: str, token: str | None = None) -> Decision:
        """Take back a reader's last undoing, as long as nothing was decided since.

        Raises:
            UsageError: there is none.
        """
        with self._deciding(key, token) as (connection, entry, done):
            if done is not None:
                return done
            undoes = to_redo(decisions_in(connection, key), reader).seq
            return write_decision(connection, entry, reader, "redo", undoes=undoes, token=token)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """A whole copy of the file while others go on; PostgreSQL has ``pg_dump`` for this.

        Raises:
            UsageError: the store is no file.
        """
        if self._file is None:
            raise UsageError("backup: the store is no file; use pg_dump")
        copy_database(self._file, path)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            self._engine.connect().execution_options(writes=False) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _deciding(
        self, key: str, token: str | None
    ) -> Iterator[tuple[Connection, StoredText, Decision | None]]:
        """A text that nobody else decides about meanwhile, and what was done under the token."""
        with self._engine.begin() as connection:
            entry = known_entry(find_entry(connection, key, lock=True), key)
            yield connection, entry, done_before(connection, token)

    def _base(self, connection: Connection, key: str, number: int) -> Extraction:
        held = self._bases.get((key, number))
        if held is not None:
            return held
        query = sa.select(EXTRACTIONS.c.content).where(
            EXTRACTIONS.c.text == key, EXTRACTIONS.c.number == number
        )
        found = unpack_extraction(connection.execute(query).scalar_one())
        with self._lock:
            while len(self._bases) >= _KEPT_TEXTS:
                self._bases.pop(next(iter(self._bases)))
            self._bases[key, number] = found
        return found

    def _state(self, connection: Connection, entry: StoredText, reader: str | None) -> State:
        if reader is not None:
            mine = [d for d in decisions_in(connection, entry.key) if d.reader == reader]
            base = self._base(connection, entry.key, entry.extraction)
            return fold(base, mine, number=entry.extraction, rules=self._rules)
        held = self._states.get(entry.key)
        since = held[1].seq if held is not None and held[0] == entry.extraction else 0
        new = decisions_in(connection, entry.key, since=since)
        if held is not None and since and not any(d.undoes for d in new):
            state = held[1].after(new) if new else held[1]
        else:
            base = self._base(connection, entry.key, entry.extraction)
            made = decisions_in(connection, entry.key) if since else new
            state = fold(base, made, number=entry.extraction, rules=self._rules)
        with self._lock:
            self._states.pop(entry.key, None)
            while len(self._states) >= _KEPT_TEXTS:
                self._states.pop(next(iter(self._states)))
            self._states[entry.key] = (entry.extraction, state)
        return state
