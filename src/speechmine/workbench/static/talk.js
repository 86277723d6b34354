// What pages say to the server, and what they have in common.

export const find = (selector, inside = document) => inside.querySelector(selector);
export const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
export const words = JSON.parse(find("meta[name=words]").content);
const csrf = find("meta[name=csrf]").content;

export const say = (text, bad = false) => {
  const status = find("#status");
  if (!status) return;
  status.textContent = text;
  status.classList.toggle("bad", bad);
};

const field = find("[name=reader]");

export const reader = () => {
  const name = field.value.trim();
  if (!name) {
    say(words.need_name, true);
    field.focus();
  }
  return name;
};

field.addEventListener("input", () => {
  document.cookie = `reader=${encodeURIComponent(field.value.trim())}; path=/; max-age=31536000; samesite=strict`;
});

// The answer to a request; an error says what the server says.
export const ask = async (path, { method = "GET", json, form } = {}) => {
  const headers = { "x-csrf": csrf, accept: "application/json" };
  if (json) headers["content-type"] = "application/json";
  let answer;
  try {
    answer = await fetch(path, { method, headers, body: json ? JSON.stringify(json) : form });
  } catch {
    throw new Error(words.offline);
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({ detail: answer.statusText }));
  throw new Error(told.detail);
};

export const post = async (path, json) => (await ask(path, { method: "POST", json })).json();

// A name for a command, so that the server does it once though it is sent twice.
export const token = () => crypto.getRandomValues(new Uint32Array(4)).join("-");
