// How many words are left, told from nine tenths on: shown at each key, spoken when the writer pauses.

import { fill } from "./fields.js";

const PAUSE = 1200;

export function countWords(form, words, announce) {
  let timer = 0;
  const count = (input) => {
    const shown = input.id && document.getElementById(`${input.id}-words`);
    if (!shown) return;
    const most = Number(shown.dataset.words);
    const now = input.value.split(/\s+/).filter(Boolean).length;
    const near = now * 10 >= most * 9;
    const sentence = now > most ? words.words_over : near ? words.words_left : words.words_most;
    const text = fill(sentence, { most, left: most - now, over: now - most });
    shown.classList.toggle("question__words--over", now > most);
    shown.classList.toggle("question__words--near", near && now <= most);
    if (shown.textContent.trim() === text) return;
    shown.textContent = text;
    clearTimeout(timer);
    if (near) timer = setTimeout(() => announce(text), PAUSE);
  };
  form.addEventListener("input", ({ target }) => count(target));
  form.addEventListener("replaced", ({ target }) => count(target));
}
