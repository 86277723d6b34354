import { all, ask, find, words } from "/static/talk.js";

const list = find("#taking");
const form = find("#drop");

const told = (name) => {
  const item = document.createElement("li");
  item.textContent = `${name} · ${words.taking} …`;
  list.append(item);
  return item;
};

const take = async (name, request) => {
  const item = told(name);
  try {
    const answer = await (await request()).json();
    const link = document.createElement("a");
    link.href = `/texts/${answer.key}`;
    link.textContent = answer.title;
    item.replaceChildren(`${words.taken}：`, link);
    return true;
  } catch (error) {
    item.textContent = `${name} · ${words.failed_one.replace("{why}", error.message)}`;
    item.classList.add("bad");
    return false;
  }
};

const drop = (file) =>
  take(file.name, () => {
    const body = new FormData();
    body.append("file", file);
    body.append("date", form.elements.date.value);
    return ask("/texts", { method: "POST", form: body });
  });

const choose = (name) => take(name, () => ask("/folder", { method: "POST", json: { name } }));

// One after the other: the server reads as many at a time as it has processes.
const each = async (things, how) => {
  let well = true;
  let single = null;
  for (const thing of things) well = (await how(thing)) && well;
  single = list.querySelectorAll("a");
  if (well && single.length === 1 && things.length === 1) location.href = single[0].href;
  else if (well && things.length) location.reload();
};

form.addEventListener("dragover", (event) => {
  event.preventDefault();
  form.classList.add("over");
});
form.addEventListener("dragleave", () => form.classList.remove("over"));
form.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  each([...event.dataTransfer.files], drop);
});
form.elements.files.addEventListener("change", () => each([...form.elements.files.files], drop));
form.addEventListener("submit", (event) => event.preventDefault());
for (const button of all("button.take"))
  button.addEventListener("click", () => {
    button.disabled = true;
    each([button.dataset.name], choose);
  });
find("#take-all")?.addEventListener("click", (event) => {
  event.target.disabled = true;
  each(all("button.take").map((button) => button.dataset.name), choose);
});
