// Writing a letter, made easier: buttons above each text, a count of words, how it reads, and a word before leaving.

import { addToolbar } from "./toolbar.js";

function addCount(area, words) {
  const shown = document.createElement("p");
  shown.className = "letter-count";
  const count = () => {
    const number = area.value.split(/\s+/).filter((one) => /[\p{L}\d]/u.test(one)).length;
    shown.textContent = number === 1 ? words.words_one : words.words_many.replace("{number}", number);
  };
  area.addEventListener("input", count);
  count();
  area.after(shown);
  return shown;
}

// A button that shows the text as it will be read, with advice, asked of the server; again as the writer types.
function addLook(area, form, words, after) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet";
  button.textContent = words.look;
  button.setAttribute("aria-expanded", "false");
  const box = document.createElement("div");
  box.className = "letter-look";
  box.hidden = true;
  let timer = 0;
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const body = new URLSearchParams({ words: area.value, language: area.lang });
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    try {
      const answer = await fetch(form.dataset.look, { method: "POST", body, headers: { Accept: "text/html" } });
      if (!answer.ok || answer.redirected) throw new Error(String(answer.status));
      const html = await answer.text();
      if (mine === asked) box.innerHTML = html;
    } catch {
      if (mine === asked) box.textContent = words.no_answer;
    }
  };
  button.addEventListener("click", () => {
    box.hidden = !box.hidden;
    button.setAttribute("aria-expanded", String(!box.hidden));
    button.textContent = box.hidden ? words.look : words.look_away;
    if (!box.hidden) ask();
  });
  area.addEventListener("input", () => {
    clearTimeout(timer);
    if (!box.hidden) timer = setTimeout(ask, 700);
  });
  after.after(button, box);
}

function warnBeforeLeaving(form, words) {
  const said = form.querySelector("[data-said]");
  let unsaved = false;
  form.addEventListener("input", () => {
    unsaved = true;
    if (said.textContent !== words.unsaved) said.textContent = words.unsaved;
  });
  form.addEventListener("submit", () => {
    unsaved = false;
  });
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}

const form = document.querySelector("[data-letter]");
if (form) {
  const words = JSON.parse(form.dataset.words);
  for (const area of form.querySelectorAll("[data-rich]")) {
    addToolbar(area, words);
    addLook(area, form, words, addCount(area, words));
  }
  warnBeforeLeaving(form, words);
}
