// Places in the text: offsets (code points of the document) to places of the page and back.
// What the page adds (numbers, codes of signs that cannot be seen) is drawn by the style sheet, so
// that the characters of a line are those of the document.

const points = (text) => [...text].length;

const width = (node) => (node.nodeType === Node.TEXT_NODE ? points(node.data) : 1);

const leaves = function* (line) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.nodeType === Node.TEXT_NODE || node.dataset.code) yield node;
};

export const lines = () => document.querySelectorAll("#lines > p");

export const lineAt = (offset) => {
  const all = lines();
  let low = 0;
  let high = all.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (Number(all[middle].dataset.at) <= offset) low = middle;
    else high = middle - 1;
  }
  return all[low];
};

// The place of an offset: a node with a position in UTF-16 units.
const placeOf = (offset, atEnd) => {
  const line = lineAt(atEnd ? Math.max(0, offset - 1) : offset);
  let at = Number(line.dataset.at);
  let last = null;
  for (const leaf of leaves(line)) {
    const length = width(leaf);
    if (offset < at + length || (atEnd && offset === at + length)) {
      if (leaf.nodeType !== Node.TEXT_NODE) return [leaf, 0];
      return [leaf, [...leaf.data].slice(0, offset - at).join("").length];
    }
    at += length;
    last = leaf;
  }
  return last ? [last, last.nodeType === Node.TEXT_NODE ? last.data.length : 0] : [line, 0];
};

export const rangeOf = (start, end) => {
  const range = document.createRange();
  range.setStart(...placeOf(start, false));
  range.setEnd(...placeOf(end, true));
  return range;
};

const offsetOf = (node, position) => {
  const line = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("#lines > p");
  if (!line) return null;
  const before = document.createRange();
  before.setStart(line, 0);
  before.setEnd(node, position);
  let at = Number(line.dataset.at);
  for (const leaf of leaves(line)) {
    if (leaf.nodeType === Node.TEXT_NODE && leaf === before.endContainer)
      return at + points(leaf.data.slice(0, before.endOffset));
    if (!before.intersectsNode(leaf) || before.comparePoint(leaf, 0) > 0) return at;
    at += width(leaf);
  }
  return at;
};

// What is selected in the text, as offsets; null where nothing is.
export const selected = () => {
  const selection = getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
};

const content = () => {
  // The text as far as the page shows it, by offset; what is between lines is a line end.
  const signs = [];
  for (const line of lines()) {
    const at = Number(line.dataset.at);
    while (signs.length < at) signs.push("\n");
    for (const leaf of leaves(line))
      signs.push(...(leaf.nodeType === Node.TEXT_NODE ? leaf.data : "\u200b"));
  }
  return signs;
};

const BORDERS = new Set("，。；：！？、,;:!?\n");
let known = null;

// The text does not change while the page is open.
export const signs = () => (known ??= content());

// One step from an offset: a character, or to the next border of a clause.
export const step = (offset, by, clause) => {
  const text = signs();
  let at = Math.min(Math.max(offset + by, 0), text.length);
  if (clause) while (at > 0 && at < text.length && !BORDERS.has(text[by > 0 ? at : at - 1])) at += by;
  return at;
};

export const sentenceAt = (offset) => {
  const line = lineAt(offset);
  let found = null;
  for (const sentence of line.querySelectorAll(".s")) if (Number(sentence.dataset.at) <= offset) found = sentence;
  return found;
};

// Shows a stretch without touching the page: the style sheet knows it by its name.
export const paint = (name, start, end) => {
  if (!CSS.highlights) return;
  if (start === undefined || start >= end) CSS.highlights.delete(name);
  else CSS.highlights.set(name, new Highlight(rangeOf(start, end)));
};
