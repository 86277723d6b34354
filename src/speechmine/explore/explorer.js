"use strict";
const read = id => JSON.parse(document.getElementById(id).textContent);
const data = read("data"), say = read("words"), docs = data.docs, byId = id => document.getElementById(id);
const COLOURS = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#5B4A8A", "#8C6D46"];
const WIDTH = 20, MOST = 500;
let current = [];

function make(name, attributes = {}, ...children) {
  const svg = ["svg", "g", "rect", "text", "circle", "line", "path", "title"].includes(name) && attributes.svg !== false;
  const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (key !== "svg") element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function show(tab) {
  for (const panel of document.querySelectorAll("[data-panel]")) panel.hidden = panel.dataset.panel !== tab;
  for (const button of document.querySelectorAll("[data-tab]")) button.setAttribute("aria-selected", button.dataset.tab === tab);
  if (tab === "group") scatter();
}

function* hits(doc, term) {
  for (const [start, text] of doc.parts)
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + term.length)) yield [start, text, at];
}

const points = text => [...text].length;
const count = (doc, term) => { let n = 0; for (const _ of hits(doc, term)) n++; return n; };

function context(doc, term, [start, text, at]) {
  return { doc, term, left: text.slice(Math.max(0, at - WIDTH), at).replace(/\s+/g, " "),
    right: text.slice(at + term.length, at + term.length + WIDTH).replace(/\s+/g, " "), start: start + points(text.slice(0, at)) };
}

const contexts = (among, terms) => among.flatMap(doc => terms.flatMap(term => [...hits(doc, term)].map(hit => context(doc, term, hit))));

function sums(key, term) {
  const found = new Map();
  for (const doc of docs) {
    const name = doc[key];
    if (name === null || name === "") continue;
    const [n, size] = found.get(name) ?? [0, 0];
    found.set(name, [n + count(doc, term), size + doc.n]);
  }
  return new Map([...found].map(([name, [n, size]]) => [name, { n, rate: size ? n / size * 1e4 : 0 }]));
}

function yearChart(terms) {
  const series = terms.map(term => sums("year", term)), years = [...series[0].keys()].sort((a, b) => a - b);
  if (!years.length) return "";
  const first = years[0], last = years.at(-1), top = Math.max(...series.flatMap(s => [...s.values()].map(v => v.rate)), 1e-9);
  const W = 900, H = 240, x = y => 45 + (W - 150) * (last > first ? (y - first) / (last - first) : .5), y = v => H - 25 - (H - 45) * v / top;
  const svg = make("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": say.by_year });
  for (const part of [0, .5, 1]) {
    svg.append(make("line", { x1: 45, x2: W - 100, y1: y(top * part), y2: y(top * part), stroke: "#e6e6e6" }));
    svg.append(make("text", { x: 40, y: y(top * part) + 4, "text-anchor": "end" }, (top * part).toFixed(1)));
  }
  const step = Math.max(1, Math.ceil(years.length / 15));
  years.forEach((year, i) => { if (i % step === 0) svg.append(make("text", { x: x(year), y: H - 6, "text-anchor": "middle" }, year)); });
  series.forEach((values, i) => {
    const colour = COLOURS[i % COLOURS.length];
    let path = "";
    years.forEach((year, j) => { path += `${j && years[j - 1] === year - 1 ? "L" : "M"}${x(year)},${y(values.get(year).rate)}`; });
    svg.append(make("path", { d: path, fill: "none", stroke: colour, "stroke-width": 1.8 }));
    for (const year of years) svg.append(make("circle", { cx: x(year), cy: y(values.get(year).rate), r: 3, fill: colour },
      make("title", {}, `${terms[i]} ${year}: ${values.get(year).n} (${values.get(year).rate.toFixed(2)})`)));
    svg.append(make("rect", { x: W - 92, y: 12 + i * 18, width: 10, height: 10, fill: colour }), make("text", { x: W - 78, y: 21 + i * 18 }, terms[i]));
  });
  return svg;
}

function placeChart(terms) {
  const sorted = [...sums("place", terms[0])].sort((a, b) => b[1].rate - a[1].rate);
  byId("places-box").hidden = sorted.length < 2;
  const top = Math.max(...sorted.map(([, v]) => v.rate), 1e-9), H = sorted.length * 18 + 6;
  const svg = make("svg", { viewBox: `0 0 900 ${H}`, role: "img", "aria-label": say.by_place });
  sorted.forEach(([name, value], i) => svg.append(
    make("text", { x: 150, y: 14 + i * 18, "text-anchor": "end" }, name),
    make("rect", { x: 156, y: 4 + i * 18, width: 560 * value.rate / top, height: 13, fill: COLOURS[0] }),
    make("text", { x: 162 + 560 * value.rate / top, y: 14 + i * 18 }, `${value.rate.toFixed(2)} (${value.n})`)));
  return svg;
}

function tiles(terms) {
  const rates = docs.map(doc => terms.reduce((n, term) => n + count(doc, term), 0)), top = Math.max(...rates.map((n, i) => n / (docs[i].n || 1)), 1e-9);
  return docs.map((doc, i) => {
    const button = make("button", { type: "button", title: `${doc.title || doc.id}: ${rates[i]}` }, `${doc.year ?? "—"}`, make("br"), `${doc.place.slice(0, 4)} ${rates[i]}`);
    button.style.background = `rgba(0, 114, 178, ${(.75 * rates[i] / (doc.n || 1) / top).toFixed(3)})`;
    button.addEventListener("click", () => open_(i, terms));
    return button;
  });
}

const backwards = text => [...text].reverse().join("");

function contextTable(rows, place, heading) {
  const box = make("div", {}), body = make("tbody"), sort = make("select");
  for (const name of ["order", "left", "right"]) sort.append(make("option", { value: name }, say[`by_${name}`]));
  const draw = () => {
    let shown = rows;
    if (sort.value === "left") shown = [...rows].sort((a, b) => backwards(a.left).localeCompare(backwards(b.left), "zh"));
    if (sort.value === "right") shown = [...rows].sort((a, b) => a.right.localeCompare(b.right, "zh"));
    body.replaceChildren(...shown.slice(0, MOST).map(row => {
      const line = make("tr"), cells = [[`${row.doc.year ?? "—"} ${row.doc.place}`, ""], [row.left, "left"], [row.term, "key"], [row.right, "right"]];
      for (const [text, name] of cells) { const cell = line.insertCell(); cell.textContent = text; cell.className = name; }
      line.addEventListener("click", () => open_(docs.indexOf(row.doc), [row.term]));
      return line;
    }));
  };
  sort.addEventListener("input", draw);
  const save = make("button", { type: "button", class: "act" }, say.download);
  save.addEventListener("click", () => download(rows));
  const n = rows.length ? say.found.replace("{n}", rows.length) + (rows.length > MOST ? say.shown.replace("{n}", MOST) : "") : say.none;
  box.append(make("h2", {}, heading), make("div", { class: "bar" }, n, make("label", {}, `${say.sort} `, sort), save),
    make("div", { class: "scroll" }, make("table", {}, body)));
  draw();
  place.append(box);
}

function download(rows) {
  const cell = value => `"${String(value ?? "").replaceAll('"', '""')}"`;
  const lines = [["doc_id", "year", "place", "start", "left", "keyword", "right"], ...rows.map(r => [r.doc.id, r.doc.year, r.doc.place, r.start, r.left, r.term, r.right])];
  const link = make("a", { download: "contexts.csv", href: URL.createObjectURL(new Blob(["\ufeff" + lines.map(l => l.map(cell).join(",")).join("\r\n")], { type: "text/csv" })) });
  link.click();
  URL.revokeObjectURL(link.href);
}

function search(terms) {
  current = terms;
  byId("counts").hidden = !terms.length;
  byId("word-contexts").replaceChildren();
  if (!terms.length) return;
  byId("years").replaceChildren(yearChart(terms));
  byId("places").replaceChildren(placeChart(terms));
  byId("tiles").replaceChildren(...tiles(terms));
  contextTable(contexts(docs, terms), byId("word-contexts"), say.contexts);
}

function open_(number, terms = current) {
  byId("report").value = number;
  const doc = docs[number];
  byId("text").replaceChildren(make("h2", {}, doc.title || doc.id), ...doc.parts.map(([, text]) => marked(text, terms)));
  show("text");
  byId("text").querySelector("mark")?.scrollIntoView({ block: "center" });
}

function marked(text, terms) {
  const paragraph = make("p");
  let at = 0;
  while (at < text.length) {
    const next = terms.map(term => [text.indexOf(term, at), term]).filter(([i]) => i >= 0).sort((a, b) => a[0] - b[0] || b[1].length - a[1].length)[0];
    if (!next) break;
    paragraph.append(text.slice(at, next[0]), make("mark", {}, next[1]));
    at = next[0] + next[1].length;
  }
  paragraph.append(text.slice(at));
  return paragraph;
}

let drawn = false;
function scatter() {
  const groups = data.groups;
  byId("no-groups").hidden = !!groups;
  byId("groups").hidden = !groups;
  if (!groups || drawn) return;
  drawn = true;
  const [target, reference] = groups.names.map((name, i) => `${say[["target", "reference"][i]]} ${name}`);
  const W = 760, H = 640, left = 60, x = v => left + (W - left - 20) * v, y = v => H - 40 - (H - 60) * v;
  const svg = make("svg", { viewBox: `0 0 ${W} ${H}`, role: "img", "aria-label": say.by_group });
  svg.append(make("line", { x1: left, x2: W - 20, y1: H - 40, y2: H - 40, stroke: "#999" }), make("line", { x1: left, x2: left, y1: 20, y2: H - 40, stroke: "#999" }),
    make("line", { x1: x(0), y1: y(0), x2: x(1), y2: y(1), stroke: "#e0e0e0" }));
  for (const [part, name] of [[.05, "infrequent"], [.5, "average"], [.95, "frequent"]]) svg.append(
    make("text", { x: x(part), y: H - 24, class: "grey", "text-anchor": "middle" }, say[name]),
    make("text", { x: left - 6, y: y(part) + 4, class: "grey", "text-anchor": "end" }, say[name]));
  svg.append(make("text", { x: (W + left) / 2, y: H - 6, "text-anchor": "middle", style: `fill:${COLOURS[1]}` }, reference),
    make("text", { x: left, y: 12, style: `fill:${COLOURS[0]}` }, target));
  const boxes = [], order = [...groups.words].sort((a, b) => Math.abs(b[7]) - Math.abs(a[7]));
  for (const w of order) boxes.push([x(w[5]) - 2, y(w[6]) - 2, x(w[5]) + 2, y(w[6]) + 2]);
  const free = box => box[0] > left && box[2] < W && box[1] > 14 && !boxes.some(o => box[0] < o[2] && o[0] < box[2] && box[1] < o[3] && o[1] < box[3]);
  for (const word of order) {
    const [term, n, m, ra, rb, cx, cy, g2, p] = word, px = x(cx), py = y(cy);
    const colour = p < .05 ? (g2 > 0 ? COLOURS[0] : COLOURS[1]) : "#bdbdbd";
    const group = make("g", { class: "word", "data-term": term, tabindex: 0 }, make("title", {}, `${term}: ${n} : ${m} (${ra} : ${rb}); G² = ${g2}, p = ${p}`),
      make("circle", { cx: px, cy: py, r: 3.2, fill: colour }));
    const width = [...term].length * 11.5;
    const spot = [[px + 5, py - 6], [px - 5 - width, py - 6], [px - width / 2, py - 18], [px - width / 2, py + 4]].map(([a, b]) => [a, b, a + width, b + 13]).find(free);
    if (spot) { boxes.push(spot); group.append(make("text", { x: spot[0], y: spot[1] + 11 }, term)); }
    const pick = () => pickWord(term);
    group.addEventListener("click", pick);
    group.addEventListener("keydown", event => { if (event.key === "Enter") pick(); });
    svg.append(group);
  }
  byId("scatter").replaceChildren(svg);
  const tops = sign => order.filter(w => Math.sign(w[7]) === sign).slice(0, 20);
  byId("tops").replaceChildren(...[[1, say.top_target], [-1, say.top_reference]].flatMap(([sign, heading]) => {
    const list = make("ol", {}, ...tops(sign).map(w => { const b = make("button", { type: "button" }, `${w[0]} ${w[1]}:${w[2]}`); b.addEventListener("click", () => pickWord(w[0])); return make("li", {}, b); }));
    return [make("h2", {}, heading), list];
  }));
  byId("method").textContent = say.method.replace("{text}", groups.method);
}

function pickWord(term) {
  const box = byId("group-contexts");
  box.replaceChildren();
  contextTable(contexts(data.groups.target.map(i => docs[i]), [term]), box, `${say.target} · ${term}`);
  contextTable(contexts(data.groups.reference.map(i => docs[i]), [term]), box, `${say.reference} · ${term}`);
  box.scrollIntoView({ block: "nearest" });
}

byId("search").addEventListener("submit", event => {
  event.preventDefault();
  search([...new Set(byId("term").value.split(/[,，、;；\s]+/).filter(Boolean))].slice(0, COLOURS.length));
});
byId("find").addEventListener("input", event => {
  const wanted = event.target.value.trim();
  for (const word of document.querySelectorAll("#scatter .word")) word.style.opacity = !wanted || word.dataset.term.includes(wanted) ? 1 : .1;
});
for (const form of document.querySelectorAll("form")) form.addEventListener("submit", event => event.preventDefault());
for (const button of document.querySelectorAll("[data-tab]")) button.addEventListener("click", () => show(button.dataset.tab));
docs.forEach((doc, i) => byId("report").append(make("option", { value: i }, `${doc.year ?? ""} ${doc.place} ${doc.title || doc.id}`)));
byId("report").addEventListener("input", event => open_(Number(event.target.value)));
if (docs.length) open_(0, []);
show(data.groups && !data.term ? "group" : "word");
if (data.term) { byId("term").value = data.term; search([data.term]); }
