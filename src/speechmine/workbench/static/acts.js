// What a reader does: each act becomes a command, and the answer says which rows and lines changed.
import { chosen, choose, refresh, rows } from "/static/bench.js";
import { all, ask, find, post, reader, say, token, words } from "/static/talk.js";
import { lineAt, paint, selected, signs, step } from "/static/text.js";

const bench = find("#bench");
const key = bench.dataset.key;
// What stands between clauses and belongs to none.
const BETWEEN = new Set("，。；：！？、,;:!?\n\u3000 ");
let open = null;

const element = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
};

// Put rows and lines in the place of what they were.
const take = (news) => {
  const table = find("#rows");
  const fresh = new Map(Object.entries(news.rows).map(([name, html]) => [name, element(html)]));
  for (const [name, next] of [...fresh]) {
    const row = document.getElementById(name);
    if (!row) continue;
    if (row.classList.contains("on")) next.classList.add("on");
    row.replaceWith(next);
    fresh.delete(name);
  }
  const listed = rows();
  if (listed.length + fresh.size !== news.order.length) {
    const wanted = new Set(news.order);
    for (const row of listed) if (!wanted.has(row.id)) row.remove();
  }
  if (fresh.size) {
    let at = table.firstElementChild;
    for (const name of news.order) {
      while (at && !at.dataset.row) at = at.nextElementSibling;
      if (fresh.has(name)) table.insertBefore(fresh.get(name), at);
      else at = at?.nextElementSibling ?? null;
    }
  }
  const lines = Object.entries(news.lines).map(([number, html]) => {
    const line = element(html);
    document.getElementById(`l${number}`)?.replaceWith(line);
    return line;
  });
  for (const count of all("[data-count]")) count.textContent = news.counts[count.dataset.count];
  find("[data-do=finish]").setAttribute("aria-pressed", String(Boolean(news.finished)));
  bench.dataset.seq = news.seq;
  if (open && !document.getElementById(open)) shut();
  refresh(Object.keys(news.rows).map((name) => document.getElementById(name)).filter(Boolean), lines);
  const row = chosen();
  if (row) paint("chosen", Number(row.dataset.start), Number(row.dataset.end));
  else paint("chosen");
};

let waiting = Promise.resolve();
let underway = 0;

// What is shown may be old until the last command is answered and its form is drawn anew.
const busy = (by) => {
  underway += by;
  bench.setAttribute("aria-busy", String(underway > 0));
};

// Commands go one after the other: each is about what the one before left.
export const act = (command, then) => {
  const name = reader();
  if (!name) return Promise.resolve(false);
  const body = { ...command, reader: name, token: token(), lang: words.lang };
  say(words.saving);
  busy(1);
  waiting = waiting.then(async () => {
    try {
      const answer = await post(`/api/texts/${key}/decisions`, { ...body, since: Number(bench.dataset.seq) });
      take(answer.news);
      if (open && chosen()?.id === open) await unfold(chosen());
      say(words.saved);
      then?.(answer);
      return true;
    } catch (error) {
      say(words.failed + error.message, true);
      await again();
      return false;
    } finally {
      busy(-1);
    }
  });
  return waiting;
};

// Everything as the server has it, after something was shown too early.
const again = async () => {
  try {
    take(await (await ask(`/texts/${key}/news?since=-1&lang=${words.lang}`)).json());
  } catch {
    // The message that the command failed stands already.
  }
};

// Show at once what the answer will say.
const early = (row, state) => {
  row.dataset.state = state;
  delete row.dataset.doubt;
  row.classList.add("pending");
};

const task = () => {
  const row = chosen();
  if (!row || row.dataset.kind !== "task") return say(words.no_task, true);
  return row;
};

const forward = (row) => {
  let next = row.nextElementSibling;
  while (next && (!next.dataset.row || next.hidden || next.dataset.kind === "gone")) next = next.nextElementSibling;
  if (next) choose(next);
};

const shut = () => {
  find("tr.editor")?.remove();
  open = null;
};

const unfold = async (row) => {
  const html = await (await ask(`/texts/${key}/form/${row.id}?lang=${words.lang}`)).text();
  find("tr.editor")?.remove();
  row.after(element(`<table><tbody>${html}</tbody></table>`).querySelector("tr"));
  open = row.id;
};

const edit = async (then) => {
  const row = task();
  if (!row) return;
  if (open === row.id && typeof then !== "function") return shut();
  if (open !== row.id)
    try {
      await unfold(row);
    } catch (error) {
      return say(error.message, true);
    }
  if (typeof then === "function") then(find("tr.editor form"));
  find("tr.editor").scrollIntoView({ block: "nearest" });
};

// Drawing by keys: the two ends of a stretch, or a cut.
let drawing = null;

const redraw = () => {
  paint("drawn", drawing.start, drawing.end);
  if (drawing.cut !== undefined) paint("cut", drawing.cut, drawing.end);
  const shown = drawing.cut ?? drawing.end;
  lineAt(Math.max(0, shown - 1)).scrollIntoView({ block: "nearest" });
  say(`${drawing.cut === undefined ? words.hint_borders : words.hint_split}　“${signs().slice(drawing.cut ?? drawing.start, drawing.end).join("").slice(0, 30)}”`);
};

const draw = (start, end, done, cut) => {
  drawing = { start, end, done, cut };
  redraw();
};

const drop = () => {
  drawing = null;
  paint("drawn");
  paint("cut");
  say("");
};

// Keys while something is drawn; true where the key was taken.
export const editing = (event) => {
  if (!drawing) return false;
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 }[event.key];
  if (event.key === "Escape") drop();
  else if (event.key === "Enter") {
    const { start, end, cut, done } = drawing;
    drop();
    done(start, end, cut);
  } else if (by) {
    const end = drawing.cut !== undefined ? "cut" : event.shiftKey ? "start" : "end";
    const clause = event.ctrlKey || event.altKey || event.key === "ArrowUp" || event.key === "ArrowDown";
    let to = step(drawing[end], by, clause);
    while (clause && by > 0 && end !== "end" && BETWEEN.has(signs()[to])) to += 1;
    const fits = end === "start" ? to < drawing.end : end === "end" ? to > drawing.start : to > drawing.start && to < drawing.end;
    if (fits) drawing[end] = to;
    redraw();
  } else return !(event.ctrlKey || event.metaKey);
  event.preventDefault();
  return true;
};

const borders = () => {
  const row = task();
  if (!row) return;
  const send = (start, end) => act({ action: "borders", task: row.id, start, end });
  const span = selected();
  if (span) return getSelection().removeAllRanges(), send(span.start, span.end);
  draw(Number(row.dataset.start), Number(row.dataset.end), send);
};

const add = () => {
  const send = (start, end) =>
    act({ action: "add", start, end, level: 2 }, (answer) => {
      const made = rows().find((row) => row.dataset.kind === "task" && Number(row.dataset.start) <= start + 2 && Number(row.dataset.end) >= end - 2 && Number(row.dataset.start) >= start);
      if (answer && made) choose(made);
    });
  const span = selected();
  if (span) return getSelection().removeAllRanges(), send(span.start, span.end);
  const from = Number(chosen()?.dataset.end ?? find("#lines > p").dataset.at);
  let start = step(from, 0, false);
  while (BETWEEN.has(signs()[start])) start += 1;
  draw(start, step(start, 1, true), send);
};

const split = () => {
  const row = task();
  if (!row) return;
  const [start, end] = [Number(row.dataset.start), Number(row.dataset.end)];
  const send = (_start, _end, cut) => act({ action: "split", task: row.id, cuts: [cut] });
  const span = selected();
  const cuts = [span?.start, span?.end].filter((at) => at > start && at < end);
  if (cuts.length) return getSelection().removeAllRanges(), act({ action: "split", task: row.id, cuts });
  const middle = step(Math.floor((start + end) / 2), 1, true);
  const first = step(start, 1, true);
  draw(start, end, send, middle < end ? middle : first < end ? first : Math.floor((start + end) / 2));
};

const merge = () => {
  const row = task();
  if (!row) return;
  let next = row.nextElementSibling;
  while (next && (next.dataset.kind !== "task" || next.hidden)) next = next.nextElementSibling;
  if (!next) return say(words.last, true);
  act({ action: "merge", tasks: [row.id, next.id] });
};

const ofSelection = (action, more = {}) => {
  const row = task();
  const span = selected();
  if (!row || !span) return null;
  getSelection().removeAllRanges();
  return act({ action, task: row.id, ...span, ...more });
};

const figure = (button) => {
  const box = button.closest(".figure");
  const value = (name) => find(`[name=${name}]`, box).value.trim();
  const number = (name) => (value(name) === "" ? null : Number(value(name)));
  const fields = { indicator: value("indicator") || null, comparator: value("comparator"), low: number("low"), high: number("high"), unit: value("unit") || null, kind: value("metric_kind") };
  return { metric: box.dataset.metric, fields };
};

export const acts = {
  take,
  edit: () => edit(),
  left: (row) => open && row?.id !== open && shut(),
  close: () => (drawing ? drop() : shut()),
  accept: () => {
    const row = chosen();
    if (!row) return say(words.no_task, true);
    const [start, end] = [Number(row.dataset.start), Number(row.dataset.end)];
    if (row.dataset.kind === "maybe") return act({ action: "add", start, end, level: 2 }), forward(row);
    if (row.dataset.kind !== "task") return;
    early(row, "done");
    act({ action: "accept", tasks: [row.id] });
    forward(row);
  },
  reject: () => {
    const row = chosen();
    if (!row) return say(words.no_task, true);
    forward(row);
    early(row, "gone");
    if (row.dataset.kind === "maybe") act({ action: "dismiss", notice: row.id });
    else if (row.dataset.kind === "task") act({ action: "reject", tasks: [row.id] });
  },
  restore: () => chosen()?.dataset.kind === "gone" && act({ action: "restore", task: chosen().id }),
  undo: () => act({ action: "undo" }),
  redo: () => act({ action: "redo" }),
  finish: (button) => act({ action: button.getAttribute("aria-pressed") === "true" ? "reopen" : "finish" }),
  level: (level) => task() && act({ action: "level", task: task().id, level }),
  borders,
  add,
  split,
  merge,
  party: () => ofSelection("party_add", { role: "responsible" }) ?? edit((form) => form.elements.party.focus()),
  time: () => ofSelection("deadline") ?? edit((form) => form.elements.edtf.focus()),
  metric: () => {
    const span = selected();
    if (!span) return say(words.select_first, true);
    getSelection().removeAllRanges();
    act({ action: "metric_add", ...span });
  },
  party_add: () => {
    const form = find("tr.editor form");
    const name = form.elements.party.value.trim();
    if (name) act({ action: "party_add", task: open, name, role: form.elements.new_role.value });
  },
  party_drop: (button) => act({ action: "party_drop", task: open, index: Number(button.dataset.index), suggested: Boolean(button.dataset.suggested) }),
  deadline: () => {
    const form = find("tr.editor form");
    act({ action: "deadline", task: open, kind: form.elements.kind.value, edtf: form.elements.edtf.value.trim() });
  },
  deadline_clear: () => act({ action: "deadline", task: open, clear: true }),
  metric_save: (button) => act({ action: "metric", ...figure(button) }),
  metric_drop: (button) => act({ action: "metric_drop", metric: button.closest(".figure").dataset.metric }),
};

document.addEventListener("change", (event) => {
  const form = event.target.closest("tr.editor form");
  if (!form) return;
  const { name, value, dataset } = event.target;
  if (name === "level") act({ action: "level", task: open, level: Number(value) });
  else if (name === "role") act({ action: "party_role", task: open, index: Number(dataset.index), role: value });
  else if (name === "sentence") act({ action: "label", start: Number(dataset.start), label: value });
});
document.addEventListener("submit", (event) => {
  const form = event.target.closest("tr.editor form");
  if (!form) return;
  event.preventDefault();
  const inside = document.activeElement;
  if (inside?.name === "party") acts.party_add();
  else if (inside?.name === "edtf" || inside?.name === "kind") acts.deadline();
  else if (inside?.closest(".figure")) acts.metric_save(inside);
});
document.addEventListener("keydown", (event) => {
  // A form without a submit button is not submitted by Enter where it has several fields.
  if (event.key !== "Enter" || !event.target.closest("tr.editor input")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
