// The ledger beside its text: choosing rows, filters, keys. Corrections are in acts.js.
import { act, acts, editing } from "/static/acts.js";
import { all, ask, find, post, reader, say, words } from "/static/talk.js";
import { paint, rangeOf, selected, sentenceAt } from "/static/text.js";

const bench = find("#bench");
const table = find("#rows");
const filters = find("#filters");
const key = bench.dataset.key;
let current = null;

export const rows = () => all("tr[data-row]", table);
export const chosen = () => (current ? document.getElementById(current) : null);
const visible = () => rows().filter((row) => !row.hidden);

const tab = (name) => {
  document.body.dataset.tab = name;
  for (const button of all(".tabs button")) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
};

// Choose a row; "text" brings the text into view, "row" the ledger, "both" both.
export const choose = (row, place = "both") => {
  for (const element of all("tr.on")) element.classList.remove("on");
  current = row?.id ?? null;
  acts.left(row);
  if (!row) return paint("chosen");
  row.classList.add("on");
  const [start, end] = [Number(row.dataset.start), Number(row.dataset.end)];
  paint("chosen", start, end);
  const narrow = matchMedia("(max-width: 60rem)").matches;
  if (place === "text" || place === "both") show(start, end, narrow && place === "both");
  if (place === "row" || place === "both") {
    if (narrow) tab("ledger");
    row.scrollIntoView({ block: "nearest" });
    const box = row.getBoundingClientRect();
    const head = filters.getBoundingClientRect().bottom;
    if (box.top < head) find("#ledger").scrollBy(0, box.top - head - 8);
  }
  const sentence = sentenceAt(start);
  if (sentence) sentenceChosen(start, sentence);
  history.replaceState(null, "", `#${current}`);
};

const show = (start, end, quietly) => {
  if (!quietly) tab("text");
  const box = rangeOf(start, end).getBoundingClientRect();
  if (box.top < 60 || box.bottom > innerHeight - 80) scrollBy({ top: box.top - innerHeight / 3 });
};

const pick = find("#pick");
const sentenceChosen = (at, sentence) => {
  pick.hidden = false;
  pick.dataset.at = at;
  pick.elements.label.value = sentence.dataset.label;
  find("#pick-said").textContent = "";
};

document.addEventListener("selectionchange", () => {
  const span = selected();
  pick.classList.toggle("selecting", Boolean(span));
  if (!span) return;
  const sentence = sentenceAt(span.start);
  if (sentence) sentenceChosen(span.start, sentence);
  find("#pick-said").textContent = `“${getSelection().toString().slice(0, 24)}”`;
});

// What the filters ask for, read once and not for each row.
const asked = () => {
  const { state, level, party, below, q } = filters.elements;
  const words = q.value.trim().toLowerCase();
  return { state: state.value, level: Number(level.value), party: party.value, below: below.value && Number(below.value), words };
};

const shows = (row, wanted) => {
  const { state, level, kind, doubt, party, conf } = row.dataset;
  if ((kind === "gone") !== (wanted.state === "gone")) return false;
  if (wanted.state === "doubt" && !doubt) return false;
  if ((wanted.state === "open" || wanted.state === "done") && state !== wanted.state) return false;
  if (Number(level) < wanted.level) return false;
  if (wanted.party && !(party ?? "").split("|").includes(wanted.party)) return false;
  if (wanted.below !== "" && !(Number(conf) < wanted.below)) return false;
  return !wanted.words || row.textContent.toLowerCase().includes(wanted.words);
};

// A task keeps its number as long as the page is open; what is added goes on counting.
const given = new Map();

const number = (row) => {
  const { kind, level } = row.dataset;
  if (kind === "task" && Number(level) > 1 && !given.has(row.id)) given.set(row.id, String(given.size + 1));
  if (given.has(row.id)) row.cells[0].textContent = given.get(row.id);
};

// Number and filter some rows, and the marks of some lines: after a correction those that changed.
export const refresh = (some, lines) => {
  const wanted = asked();
  for (const row of some) {
    number(row);
    const hide = !shows(row, wanted) && row.id !== current;
    if (row.hidden !== hide) row.hidden = hide;
  }
  for (const line of lines) for (const mark of all("a.n", line)) mark.dataset.n = given.get(mark.dataset.row) ?? "";
  filters.elements.shown.value = `${words.shown} ${table.querySelectorAll("tr[data-row]:not([hidden])").length}`;
};

const refilter = () => refresh(rows(), []);

const move = (by) => {
  const listed = visible();
  const at = listed.findIndex((row) => row.id === current);
  const next = at < 0 ? listed[by > 0 ? 0 : listed.length - 1] : listed[Math.min(Math.max(at + by, 0), listed.length - 1)];
  if (next) choose(next);
};

// The next one that is to be looked at, from here round.
export const doubtful = (by = 1) => {
  const listed = rows();
  const at = listed.findIndex((row) => row.id === current);
  const turned = by > 0 ? [...listed.slice(at + 1), ...listed.slice(0, at + 1)] : [...listed.slice(0, Math.max(at, 0)).reverse(), ...listed.slice(Math.max(at, 0)).reverse()];
  const next = turned.find((row) => row.dataset.doubt);
  if (!next) return say(words.none_left);
  next.hidden = false;
  choose(next);
};

const bulk = (button) => {
  const tasks = visible().filter((row) => row.dataset.kind === "task" && row.dataset.state === "open");
  if (!tasks.length) return;
  if (button.dataset.sure !== String(tasks.length)) {
    button.dataset.sure = tasks.length;
    say(words.sure.replace("{n}", tasks.length));
    return;
  }
  delete button.dataset.sure;
  act({ action: "accept", tasks: tasks.map((row) => row.id) });
};

const buttons = {
  ...acts,
  doubt: () => doubtful(1),
  accept_shown: bulk,
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-do]");
  const row = event.target.closest("tr[data-row]");
  if (button) {
    event.preventDefault();
    if (row && row.id !== current) choose(row, "none");
    buttons[button.dataset.do]?.(button);
  } else if (row) choose(row, "text");
  else if (event.target.closest("#lines") && getSelection().isCollapsed) {
    const name = event.target.closest("a.n")?.dataset.row ?? event.target.closest("[data-rows]")?.dataset.rows.split(" ").at(-1);
    if (event.target.closest("a.n")) event.preventDefault();
    const found = name && document.getElementById(name);
    const sentence = event.target.closest(".s");
    if (found) {
      found.hidden = false;
      choose(found, "row");
    }
    if (sentence) sentenceChosen(Number(sentence.dataset.at), sentence);
  }
});

const keys = {
  j: () => move(1),
  k: () => move(-1),
  n: () => doubtful(1),
  N: () => doubtful(-1),
  a: acts.accept,
  x: acts.reject,
  r: acts.restore,
  u: acts.undo,
  U: acts.redo,
  e: acts.edit,
  m: acts.merge,
  s: acts.split,
  F: () => acts.finish(find("[data-do=finish]")),
  b: acts.borders,
  i: acts.add,
  p: acts.party,
  t: acts.time,
  g: acts.metric,
  l: () => {
    pick.hidden = false;
    tab("text");
    find("#label").focus();
  },
  1: () => acts.level(1),
  2: () => acts.level(2),
  3: () => acts.level(3),
  "/": () => {
    tab("ledger");
    filters.elements.q.focus();
  },
  Enter: () => chosen() && choose(chosen(), "text"),
  Escape: acts.close,
};

document.addEventListener("keydown", (event) => {
  if (editing(event)) return;
  const inside = event.target.closest("input, select, textarea");
  if (inside && event.key === "Escape") return event.target.blur(), acts.close();
  if (inside || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter" && event.target.closest("button, a, summary")) return;
  const done = keys[event.key];
  if (!done) return;
  event.preventDefault();
  done();
});

filters.addEventListener("input", refilter);
filters.addEventListener("reset", () => setTimeout(refilter));
for (const form of [filters, pick]) form.addEventListener("submit", (event) => event.preventDefault());
for (const button of all(".tabs button")) button.addEventListener("click", () => tab(button.dataset.tab));
find("#labels").addEventListener("change", (event) => find("#lines").classList.toggle("named", event.target.checked));
pick.elements.label.addEventListener("change", () => {
  act({ action: "label", start: Number(pick.dataset.at), label: pick.elements.label.value });
  pick.elements.label.blur();
});

// Others may be at work on the same text.
const look = async () => {
  if (document.hidden) return;
  const news = await (await ask(`/texts/${key}/news?since=${bench.dataset.seq}&lang=${words.lang}`)).json();
  if (news.seq > Number(bench.dataset.seq)) acts.take(news), say(words.news);
};
setInterval(() => look().catch(() => {}), 5000);

const pushed = find("#pushed");
const push = async (tracker, really) => {
  if (!reader()) return;
  pushed.textContent = "…";
  try {
    const told = await post(`/texts/${key}/push`, { tracker, really });
    pushed.replaceChildren();
    for (const row of told.rows) {
      const line = document.createElement("p");
      line.textContent = `${words[row.action] ?? row.action}：${row.title} ${row.reason}`;
      pushed.append(line);
    }
    if (really || !told.rows.length) return;
    const button = document.createElement("button");
    button.type = "button";
    button.id = "push-now";
    button.textContent = words.push_now;
    button.addEventListener("click", () => push(tracker, true));
    pushed.prepend(button);
  } catch (error) {
    pushed.textContent = error.message;
  }
};
for (const button of all("[data-push]")) button.addEventListener("click", () => push(button.dataset.push, false));

refresh(rows(), all("#lines > p"));
tab("text");
const named = decodeURIComponent(location.hash.slice(1));
if (/^at\d+$/.test(named)) show(Number(named.slice(2)), Number(named.slice(2)) + 1);
else if (named && document.getElementById(named)?.dataset.row) choose(document.getElementById(named));
