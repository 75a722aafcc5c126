// The page a section is written on. Without this everything works by its buttons.

import { Conditions } from "./conditions.js";
import { countWords } from "./counting.js";
import { Drafts } from "./drafts.js";
import { element, fill, idOf, inputsAt, isPath, putAt, same, typedAt } from "./fields.js";
import { Others } from "./others.js";
import { Rows } from "./rows.js";
import { Saver } from "./saving.js";

const form = document.querySelector("form[data-writing]");
const words = JSON.parse(form.dataset.words);
const status = document.querySelector("[data-status]");
const voice = document.querySelector("[data-voice]");
const POLL = 10000;
const POLL_WHEN_HIDDEN = 60000;

const announce = (sentence) => (voice.textContent = sentence);
const drafts = new Drafts(form);
const left = drafts.left();
const saver = new Saver(form, words, drafts);
const rows = new Rows(form, words, announce);
rows.saver = saver;
const others = new Others(form, words, saver, rows, announce);
new Conditions(form);
countWords(form, words, announce);

// Writing

form.addEventListener("input", ({ target }) => wrote(target));
form.addEventListener("change", ({ target }) => wrote(target));
form.addEventListener("focusout", ({ target }) => saver.unsaved.has(target.name) && saver.contact && saver.soon(0));

function wrote(input) {
  if (!isPath(input.name) || input.type === "file" || input.type === "hidden") return;
  const typed = typedAt(form, input.name);
  const known = saver.unsaved.get(input.name) ?? saver.faulty.get(input.name);
  if (known === undefined ? !same(typed, others.before(input.name)) : !same(typed, known)) saver.typed(input.name, typed);
}

// Spoken when something is wrong, when it is right again, and when somebody asked for it; not at each pause.
const URGENT = ["offline", "logged-out", "refused", "faults"];
let isAsked = false;
saver.addEventListener("said", ({ detail }) => {
  const isRightAgain = detail.kind === "saved" && URGENT.includes(status.dataset.told);
  const isNew = URGENT.includes(detail.kind) && status.dataset.told !== detail.kind;
  if (isNew || isRightAgain || (isAsked && detail.kind === "saved")) announce(detail.sentence);
  if (detail.kind === "saved" || URGENT.includes(detail.kind)) status.dataset.told = detail.kind;
  status.textContent = detail.sentence;
  status.dataset.kind = detail.kind;
  if (detail.kind === "logged-out") {
    status.append(" ", element("a", words.log_in, { href: words.login_url, target: "_blank", rel: "opener" }));
  }
});

saver.addEventListener("arrived", ({ detail: { sent, said } }) => {
  for (const path of sent.keys()) fault(path, said.faults[path]);
});

saver.addEventListener("refused", () => {
  for (const button of document.querySelectorAll(".save-bar button")) button.disabled = true;
});

function fault(path, sentence) {
  const [input] = inputsAt(form, path);
  if (!input) return;
  let place = document.getElementById(`${idOf(path)}-error`);
  if (!place && sentence) {
    place = element("p", "", { class: "field__error", id: `${idOf(path)}-error` });
    input.after(place);
    input.setAttribute("aria-describedby", place.id);
  }
  if (!place) return;
  place.replaceChildren();
  place.hidden = !sentence;
  if (sentence) {
    const said = element("p", ` ${sentence}`);
    said.prepend(element("span", words.error, { class: "visually-hidden" }));
    place.append(said);
    input.setAttribute("aria-invalid", "true");
  } else input.removeAttribute("aria-invalid");
  (input.closest("td") ?? input.closest(".question"))?.classList.toggle(input.closest("td") ? "is-wrong" : "question--wrong", Boolean(sentence));
}

// Buttons

let isPassing = false;
form.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (isPassing) return;
  event.preventDefault();
  if (button?.dataset.add) return;
  if (button?.dataset.clear) {
    putAt(form, button.dataset.clear, "");
    saver.typed(button.dataset.clear, "");
    form.dispatchEvent(new Event("refresh"));
    inputsAt(form, button.dataset.clear)[0]?.focus();
    return;
  }
  const hasFile = [...form.querySelectorAll("input[type=file]")].some((one) => one.files.length);
  isAsked = true;
  const wasUnsaved = saver.isUnsaved;
  const isKept = await saver.flush();
  isAsked = false;
  if (isKept && !wasUnsaved) announce(status.textContent);
  if (!saver.contact) return;
  if (saver.faulty.size) {
    const [path] = saver.faulty.keys();
    inputsAt(form, path)[0]?.focus();
    return;
  }
  if (hasFile || ["_upload", "_fetch", "_clear"].includes(button?.name)) {
    isPassing = saver.leaving = true;
    form.elements.namedItem("_bases").value = JSON.stringify(others.bases());
    // A form that is still being submitted takes no other submission: this one waits for its turn.
    setTimeout(() => form.requestSubmit(button));
  } else if (isKept && button?.value === "go") {
    saver.leaving = true;
    location.assign(form.dataset.next);
  }
});

// Others

let timer = 0;
async function look() {
  clearTimeout(timer);
  const place = document.activeElement?.name;
  const address = new URL(form.dataset.now, location.href);
  address.searchParams.set("sedan", saver.revision);
  if (isPath(place)) address.searchParams.set("falt", place);
  const asked = saver.revision;
  const answer = saver.contact && !saver.sending ? await saver.ask(address, {}) : null;
  // An answer that is none, as of a network that wants one to log in to it, is passed over: the next look asks again.
  const said = answer?.ok ? await answer.json().catch(() => null) : null;
  if (said) {
    here(said.here, said.in_fields);
    document.querySelector("[data-comments]").textContent = said.comments;
    // A save that went past this answer has told it already.
    if (asked === saver.revision && !saver.sending) {
      others.came(said.theirs);
      saver.now(said.revision);
    }
    if (said.state) saver.refused(said);
  }
  timer = setTimeout(look, document.hidden ? POLL_WHEN_HIDDEN : POLL);
}

function here(sentences, inFields) {
  for (const one of form.querySelectorAll(".others__here")) one.remove();
  for (const [path, sentence] of Object.entries(inFields)) {
    const [input] = inputsAt(form, path);
    const place = input?.closest("td") ?? input?.closest(".question")?.querySelector(".question__input");
    place?.append(element("p", sentence, { class: "others__here" }));
  }
  const list = document.querySelector("[data-here]");
  list.hidden = !sentences.length;
  if ([...list.children].map((one) => one.textContent).join("\n") === sentences.join("\n")) return;
  list.replaceChildren(...sentences.map((one) => element("li", one)));
  if (sentences.length) announce(sentences.join(". "));
}

document.addEventListener("visibilitychange", () => document.hidden || look());
timer = setTimeout(look, POLL / 4);

// What did not reach the server the last time

if (left.size) offer(left);

function offer(fields) {
  const missing = new Map([...fields].filter(([path, { text }]) => !same(typedAt(form, path), text)));
  drafts.offered = missing;
  saver.keepDraft();
  if (!missing.size) return;
  const box = element("div", "", { class: "unsaved", role: "region", "aria-labelledby": "unsaved-title", tabindex: "-1" });
  const list = element("ul");
  for (const { text } of missing.values()) list.append(element("li", [].concat(text).join(", ")));
  const back = element("button", words.put_back, { type: "button", class: "button button--primary" });
  const go = element("button", words.let_go, { type: "button", class: "button" });
  const buttons = element("p", "", { class: "question__links" });
  buttons.append(back, go);
  box.append(element("h2", words.unsaved_title, { id: "unsaved-title" }), element("p", words.unsaved_text), list, buttons);
  form.prepend(box);
  back.addEventListener("click", () => {
    const [first] = missing.keys();
    for (const [path, { text, base }] of missing) putBack(path, text, base);
    drafts.decided();
    box.remove();
    inputsAt(form, first)[0]?.focus();
  });
  go.addEventListener("click", () => {
    drafts.decided();
    saver.keepDraft();
    box.remove();
    form.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
  box.focus();
}

// Written upon an older revision: the server joins it with what others wrote since.
function putBack(path, text, revision) {
  const [question, row, column] = path.split("/");
  if (row && !rows.at(`${question}/${row}`) && rows.table(question)) rows.make(question, row);
  if (column || !row) putAt(form, path, text);
  others.base(path, revision);
  inputsAt(form, path)[0]?.dispatchEvent(new Event("replaced", { bubbles: true }));
  saver.typed(path, text);
}
