// Buttons above a text, for who has never seen its signs: each puts them round what is chosen, or where the writer stands.

const INLINE = { bold: "**", italic: "*" };
const LINES = { heading: () => "## ", list: () => "- ", numbered: (place) => `${place + 1}. `, quote: () => "> " };
const BUTTONS = ["heading", "bold", "italic", "list", "numbered", "link", "quote"];

// Typed in, so that the browser's own undo takes it back; browsers without it get the text set.
function put(area, from, to, text, chosen) {
  area.focus();
  area.setSelectionRange(from, to);
  if (!document.execCommand("insertText", false, text)) area.setRangeText(text, from, to, "end");
  area.setSelectionRange(chosen[0], chosen[1]);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function wrap(area, sign) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const said = value.slice(from, to);
  put(area, from, to, `${sign}${said}${sign}`, [from + sign.length, to + sign.length]);
}

function begin(area, prefix) {
  const { selectionStart, selectionEnd, value } = area;
  const from = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value.indexOf("\n", selectionEnd);
  const to = end < 0 ? value.length : end;
  const lines = value.slice(from, to).split("\n");
  const bare = lines.map((line) => line.replace(/^(#{1,6} |- |> |\d{1,3}\. )/, ""));
  const made = bare.map((line, place) => prefix(place) + line);
  const text = (made.join("\n") === lines.join("\n") ? bare : made).join("\n");
  put(area, from, to, text, [from + text.length, from + text.length]);
}

function link(area, words) {
  const { selectionStart: from, selectionEnd: to, value } = area;
  const said = value.slice(from, to) || words.link_text;
  const text = `[${said}](https://)`;
  const at = from + text.length - 1;
  put(area, from, to, text, [at, at]);
}

function figuresOf(area, words) {
  const rows = [...document.querySelectorAll("[data-figures] li")];
  if (!rows.length) return null;
  const select = document.createElement("select");
  select.setAttribute("aria-label", words.figure);
  select.append(new Option(words.figure, ""));
  for (const row of rows) {
    const sign = row.querySelector("[data-sign]").textContent;
    select.append(new Option(row.textContent.replace(sign, "").trim(), sign));
  }
  select.addEventListener("change", () => {
    if (!select.value) return;
    const at = area.selectionStart + select.value.length;
    put(area, area.selectionStart, area.selectionEnd, select.value, [at, at]);
    select.value = "";
  });
  return select;
}

export function addToolbar(area, words) {
  const bar = document.createElement("div");
  bar.className = "letter-tools";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.toolbar);
  for (const name of BUTTONS) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words[name];
    button.dataset.tool = name;
    button.addEventListener("click", () => {
      if (INLINE[name]) wrap(area, INLINE[name]);
      else if (LINES[name]) begin(area, LINES[name]);
      else link(area, words);
    });
    bar.append(button);
  }
  const figures = figuresOf(area, words);
  if (figures) bar.append(figures);
  area.before(bar);
  area.addEventListener("keydown", (event) => {
    const name = event.ctrlKey || event.metaKey ? { b: "bold", i: "italic", k: "link" }[event.key.toLowerCase()] : null;
    if (!name || event.altKey || event.shiftKey) return;
    event.preventDefault();
    if (name === "link") link(area, words);
    else wrap(area, INLINE[name]);
  });
}
