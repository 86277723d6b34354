"use strict";
(() => {
  const find = (selector, inside = document) => inside.querySelector(selector);
  const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
  const data = find("#data") ? JSON.parse(find("#data").textContent) : null;
  if (!data) return;
  const form = find("form.filters");
  const rows = all("#ledger tbody tr[data-row]");
  const status = find("[role=status]");
  const body = document.body;
  let current = 0;

  const shows = (row, wanted) =>
    ["level", "kind", "top", "discourse"].every((n) => !wanted.get(n) || row.dataset[n] === wanted.get(n)) &&
    (!wanted.get("party") || row.dataset.party.split("|").includes(wanted.get("party"))) &&
    (!wanted.get("dated") || row.dataset.latest) &&
    (!wanted.get("q") || row.textContent.toLowerCase().includes(wanted.get("q").trim().toLowerCase()));

  const filter = () => {
    const wanted = new FormData(form);
    const hidden = new Set();
    for (const row of rows) {
      row.hidden = !shows(row, wanted);
      if (row.hidden) hidden.add(row.dataset.row);
    }
    for (const piece of all("#text [data-rows]"))
      piece.classList.toggle("off", piece.dataset.rows.split(" ").every((n) => hidden.has(n)));
    form.elements.shown.value = rows.length - hidden.size;
  };

  const choose = (number, place) => {
    current = Number(number);
    for (const element of all(".on")) element.classList.remove("on");
    const row = find(`#r${number}`);
    if (!row) return;
    row.classList.add("on");
    for (const piece of all("#text [data-rows]"))
      if (piece.dataset.rows.split(" ").includes(String(number))) piece.classList.add("on");
    tab(place === "row" ? "ledger" : "text");
    const target = place === "row" ? row : find(`#c${number}`) || row;
    target.scrollIntoView({ block: "center", behavior: "smooth" });
    history.replaceState(null, "", place === "row" ? `#r${number}` : `#c${number}`);
  };

  // A line of text and its place in the picture of the page show each other.
  const point = (line, from) => {
    for (const element of all(".at")) element.classList.remove("at");
    const pair = all(`#text [data-line="${line}"]`);
    for (const element of pair) element.classList.add("at");
    const other = pair.find((element) => (element.tagName === "P") !== (from.tagName === "P"));
    if (other) other.scrollIntoView({ block: "nearest", behavior: "smooth" });
  };
  for (const element of all("#text [data-line]")) element.addEventListener("click", () => point(element.dataset.line, element));

  const tab = (name) => {
    body.dataset.tab = name;
    for (const button of all(".tabs button")) button.setAttribute("aria-pressed", String(button.dataset.tab === name));
  };

  const table = () => {
    const visible = new Set(rows.filter((row) => !row.hidden).map((row) => Number(row.dataset.row)));
    return [data.columns, ...data.rows.filter((_, i) => visible.has(i + 1))].map((row) => row.map((cell) => cell ?? ""));
  };
  // A spreadsheet would run a cell that begins so.
  const inert = (cell) => (typeof cell === "string" && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : String(cell));
  const quoted = (cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  const csv = () => "\ufeff" + table().map((row) => row.map((cell) => quoted(inert(cell))).join(",") + "\r\n").join("");
  const lines = () => table().map((row) => row.map((cell) => inert(cell).replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");

  const download = () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([csv()], { type: "text/csv;charset=utf-8" }));
    link.download = `${data.name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, " ").trim() || "台账"}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(lines());
    } catch {
      const area = document.createElement("textarea");
      area.value = lines();
      body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    status.textContent = " 已复制";
    setTimeout(() => (status.textContent = ""), 2000);
  };

  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(filter));
  find("[data-act=csv]").addEventListener("click", download);
  find("[data-act=copy]").addEventListener("click", copy);
  for (const button of all(".tabs button")) button.addEventListener("click", () => tab(button.dataset.tab));
  for (const row of rows)
    row.addEventListener("click", (event) => {
      if (event.target.closest("a.same")) return;
      event.preventDefault();
      choose(row.dataset.row, "text");
    });
  find("#text").addEventListener("click", (event) => {
    const number = event.target.closest("a.n")?.textContent || event.target.closest("[data-rows]")?.dataset.rows.split(" ")[0];
    if (!number || !getSelection().isCollapsed) return;
    event.preventDefault();
    choose(number, "row");
  });
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea, button") || event.ctrlKey || event.metaKey || event.altKey) return;
    const visible = rows.filter((row) => !row.hidden).map((row) => Number(row.dataset.row));
    if (event.key === "/") {
      event.preventDefault();
      tab("ledger");
      form.elements.q.focus();
    } else if ((event.key === "j" || event.key === "k") && visible.length) {
      const next = event.key === "j" ? visible.find((n) => n > current) : visible.findLast((n) => n < current);
      choose(next ?? (event.key === "j" ? visible[0] : visible.at(-1)), "row");
    } else if (event.key === "Enter" && current) choose(current, "text");
  });
  const named = /^#([rc])(\d+)$/.exec(location.hash);
  tab("text");
  if (named) choose(named[2], named[1] === "r" ? "row" : "text");
  filter();
})();
