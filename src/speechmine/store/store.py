"""The store itself: texts in, decisions in, corrected extractions out."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import sqlalchemy as sa

from speechmine.batch.packing import pack, unpack
from speechmine.errors import UsageError
from speechmine.model import Document, Extraction, Mode, content_id
from speechmine.store.database import DECISIONS, EXTRACTIONS, TEXTS, open_engine, url_of
from speechmine.store.folding import State, fold, live
from speechmine.store.records import Change, Decision, Entry, decode, encode

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Row

__all__ = ["Act", "Store", "UnknownTextError", "open_store"]

#: What a reader does: see :mod:`speechmine.store.acts`.
Act = Callable[[State], tuple[Change, ...]]
_KEPT_TEXTS = 32
_LONGEST_NAME = 60


class UnknownTextError(UsageError):
    """No text of that key is in the store."""


def open_store(where: str | os.PathLike[str]) -> Store:
    """Open a store, or begin one.

    Args:
        where: a file (SQLite), or an address such as ``postgresql://user@host/name``.

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
    return Store(open_engine(url), Path(file) if file else None)


class Store:
    """Texts with their extractions and the log of all decisions; see :func:`open_store`.

    Args:
        engine: of the database.
        file: where it is one file.
    """

    def __init__(self, engine: Engine, file: Path | None = None) -> None:
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

    def add_text(self, extraction: Extraction, *, made_by: str = "") -> Entry:
        """Take in a text with what was extracted from it; one that is there stays as it is.

        Args:
            extraction: in mode ``full``, so that requirements can become tasks.
            made_by: version of what made it; that of speechmine by default.
        """
        document = extraction.document
        key = content_id("d", (document.id, document.sha256))
        with self._writing() as connection:
            if _entry(connection, key) is None:
                self._insert(connection, key, document)
                self._keep(connection, key, 1, extraction, made_by)
        return self.entry(key)

    def renew(
        self, key: str, extraction: Extraction, *, made_by: str = "", reader: str = "speechmine"
    ) -> Entry:
        """Put a later extraction of the same text under the decisions.

        Args:
            key: of the text.
            extraction: in mode ``full``.
            made_by: version of what made it; that of speechmine by default.
            reader: who wanted it, for the log.

        Raises:
            UsageError: it is of another text.
        """
        with self._writing() as connection:
            entry = _known(_entry(connection, key), key)
            if extraction.document.sha256 != entry.sha256:
                raise UsageError(f"{entry.name}: the extraction is of another text")
            self._keep(connection, key, entry.extraction + 1, extraction, made_by)
            self._log(connection, entry, reader, "renew")
        return self.entry(key)

    def texts(self) -> tuple[Entry, ...]:
        """All texts, in the order in which they came in."""
        with self._reading() as connection:
            return tuple(_entry_of(row) for row in connection.execute(_entries()))

    def entry(self, key: str) -> Entry:
        """One text.

        Raises:
            UnknownTextError: there is none of that key.
        """
        with self._reading() as connection:
            return _known(_entry(connection, key), key)

    def extraction(self, key: str) -> Extraction:
        """What was extracted last, without any decision."""
        with self._reading() as connection:
            entry = _known(_entry(connection, key), key)
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
            entry = _known(_entry(connection, key), key)
            return self._state(connection, entry, reader)

    def preview(self, key: str, extraction: Extraction) -> Extraction:
        """What :meth:`corrected` would give on top of a later extraction."""
        number = self.entry(key).extraction + 1
        return fold(extraction, self.decisions(key), number=number).extraction()

    def decisions(self, key: str | None = None) -> tuple[Decision, ...]:
        """The log of a text or of all, in its order; what was taken back stands in it, too."""
        with self._reading() as connection:
            return self._decisions(connection, key)

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
        with self._writing() as connection:
            entry = _known(_entry(connection, key, lock=True), key)
            done = self._done(connection, token)
            if done is not None:
                return done
            changes = act(self._state(connection, entry, None))
            return self._log(connection, entry, reader, action, changes=changes, token=token)

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
        with self._writing() as connection:
            entry = _known(_entry(connection, key, lock=True), key)
            done = self._done(connection, token)
            if done is not None:
                return done
            standing = live(self._decisions(connection, key))
            found = _to_undo(standing, reader, seq)
            return self._log(connection, entry, reader, "undo", undoes=found.seq, token=token)

    def redo(self, key: str, *, reader: str, token: str | None = None) -> Decision:
        """Take back a reader's last undoing, as long as nothing was decided since.

        Raises:
            UsageError: there is none.
        """
        with self._writing() as connection:
            entry = _known(_entry(connection, key, lock=True), key)
            done = self._done(connection, token)
            if done is not None:
                return done
            found = _to_redo(self._decisions(connection, key), reader)
            return self._log(connection, entry, reader, "redo", undoes=found.seq, token=token)

    def backup(self, path: str | os.PathLike[str]) -> None:
        """A whole copy of the file while others go on; PostgreSQL has ``pg_dump`` for this.

        Raises:
            UsageError: the store is no file.
        """
        if self._file is None:
            raise UsageError("backup: the store is no file; use pg_dump")
        with (
            sqlite3.connect(self._file) as source,
            sqlite3.connect(path) as target,
        ):
            source.backup(target)
        source.close()
        target.close()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with (
            self._engine.connect().execution_options(writes=False) as connection,
            connection.begin(),
        ):
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with self._engine.begin() as connection:
            yield connection

    def _insert(self, connection: Connection, key: str, document: Document) -> None:
        row = {
            "key": key,
            "name": _printable(document.id),
            "title": _printable(document.title) if document.title else None,
            "date": document.date,
            "sha256": document.sha256,
            "added": _now(),
        }
        connection.execute(TEXTS.insert().values(row))

    def _keep(
        self, connection: Connection, key: str, number: int, extraction: Extraction, made_by: str
    ) -> None:
        row = {
            "text": key,
            "number": number,
            "made_by": made_by or f"speechmine {version('speechmine')}",
            "at": _now(),
            "content": pack(extraction),
        }
        connection.execute(EXTRACTIONS.insert().values(row))

    def _base(self, connection: Connection, key: str, number: int) -> Extraction:
        held = self._bases.get((key, number))
        if held is not None:
            return held
        query = sa.select(EXTRACTIONS.c.content).where(
            EXTRACTIONS.c.text == key, EXTRACTIONS.c.number == number
        )
        found = unpack(connection.execute(query).scalar_one())
        with self._lock:
            while len(self._bases) >= _KEPT_TEXTS:
                self._bases.pop(next(iter(self._bases)))
            self._bases[key, number] = found
        return found

    def _state(self, connection: Connection, entry: Entry, reader: str | None) -> State:
        if reader is not None:
            mine = [d for d in self._decisions(connection, entry.key) if d.reader == reader]
            base = self._base(connection, entry.key, entry.extraction)
            return fold(base, mine, number=entry.extraction)
        held = self._states.get(entry.key)
        since = held[1].seq if held is not None and held[0] == entry.extraction else 0
        new = self._decisions(connection, entry.key, since=since)
        if held is not None and since and not any(d.undoes for d in new):
            state = held[1].after(new) if new else held[1]
        else:
            base = self._base(connection, entry.key, entry.extraction)
            made = self._decisions(connection, entry.key) if since else new
            state = fold(base, made, number=entry.extraction)
        with self._lock:
            self._states.pop(entry.key, None)
            while len(self._states) >= _KEPT_TEXTS:
                self._states.pop(next(iter(self._states)))
            self._states[entry.key] = (entry.extraction, state)
        return state

    def _decisions(
        self, connection: Connection, key: str | None, *, since: int = 0
    ) -> tuple[Decision, ...]:
        query = sa.select(DECISIONS).where(DECISIONS.c.seq > since).order_by(DECISIONS.c.seq)
        if key is not None:
            query = query.where(DECISIONS.c.text == key)
        return tuple(_decision(row) for row in connection.execute(query))

    def _done(self, connection: Connection, token: str | None) -> Decision | None:
        if token is None:
            return None
        found = connection.execute(sa.select(DECISIONS).where(DECISIONS.c.token == token)).first()
        return _decision(found) if found else None

    def _log(  # noqa: PLR0913  # the columns of the log
        self,
        connection: Connection,
        entry: Entry,
        reader: str,
        action: str,
        *,
        changes: tuple[Change, ...] = (),
        undoes: int | None = None,
        token: str | None = None,
    ) -> Decision:
        name = _printable(reader.strip())[:_LONGEST_NAME]
        if not name:
            raise UsageError("reader: write your name first (请先填写姓名)")
        row: dict[str, Any] = {
            "text": entry.key,
            "extraction": entry.extraction,
            "reader": name,
            "at": _now(),
            "action": action,
            "undoes": undoes,
        }
        made = DECISIONS.insert().values({**row, "changes": encode(changes), "token": token})
        seq = connection.execute(made.returning(DECISIONS.c.seq)).scalar_one()
        return Decision(seq=seq, **{**row, "changes": changes})


def _to_undo(standing: list[Decision], reader: str, seq: int | None) -> Decision:
    able = (d for d in standing if d.action != "renew")
    mine = [d for d in able if (d.reader == reader if seq is None else d.seq == seq)]
    if not mine:
        raise UsageError("undo: there is nothing of yours to take back (没有可撤销的操作)")
    found = mine[-1]
    about = {(change.of, change.id) for change in found.changes}
    later = [
        d
        for d in standing
        if d.seq > found.seq and about & {(change.of, change.id) for change in d.changes}
    ]
    if later:
        raise UsageError(
            f"undo: {later[-1].reader} decided about the same later (no. {later[-1].seq}); "
            f"take that back first (之后{later[-1].reader}又改过，请先撤销后者)"
        )
    return found


def _to_redo(decisions: tuple[Decision, ...], reader: str) -> Decision:
    undone = {d.undoes for d in decisions if d.action == "redo"}
    for decision in reversed([d for d in decisions if d.reader == reader]):
        if decision.action == "undo" and decision.seq not in undone:
            return decision
        if decision.action not in ("undo", "redo"):
            break
    raise UsageError("redo: nothing was taken back last (没有可重做的操作)")


def _entries() -> sa.Select[Any]:
    last = (
        sa.select(EXTRACTIONS.c.text, sa.func.max(EXTRACTIONS.c.number).label("number"))
        .group_by(EXTRACTIONS.c.text)
        .subquery()
    )
    counted = (
        sa.select(DECISIONS.c.text, sa.func.count().label("decisions"))
        .group_by(DECISIONS.c.text)
        .subquery()
    )
    made = sa.and_(EXTRACTIONS.c.text == last.c.text, EXTRACTIONS.c.number == last.c.number)
    return (
        sa.select(TEXTS, EXTRACTIONS.c.number, EXTRACTIONS.c.made_by, counted.c.decisions)
        .join(last, last.c.text == TEXTS.c.key)
        .join(EXTRACTIONS, made)
        .outerjoin(counted, counted.c.text == TEXTS.c.key)
        .order_by(TEXTS.c.added, TEXTS.c.key)
    )


def _entry(connection: Connection, key: str, *, lock: bool = False) -> Entry | None:
    if lock:  # of two who decide about one text at once, one waits; SQLite waits in any case
        connection.execute(sa.select(TEXTS.c.key).where(TEXTS.c.key == key).with_for_update())
    row = connection.execute(_entries().where(TEXTS.c.key == key)).first()
    return _entry_of(row) if row else None


def _known(entry: Entry | None, key: str) -> Entry:
    if entry is None:
        raise UnknownTextError(f"text {key}: there is none of that key in the store (库中没有此文)")
    return entry


def _entry_of(row: Row[Any]) -> Entry:
    return Entry(
        key=row.key,
        name=row.name,
        title=row.title,
        date=row.date,
        sha256=row.sha256,
        added=row.added,
        extraction=row.number,
        made_by=row.made_by,
        decisions=row.decisions or 0,
    )


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        seq=row.seq,
        text=row.text,
        extraction=row.extraction,
        reader=row.reader,
        at=row.at,
        action=row.action,
        changes=decode(row.changes),
        undoes=row.undoes,
    )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _printable(text: str) -> str:
    """A name without signs that a database or a terminal would stumble over."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
