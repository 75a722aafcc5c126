// Questions that depend on an answer of the same page are shown when they are asked. Without a script they stand with
// their condition in words; what is asked is decided by the server.

import { typedAt } from "./fields.js";

export class Conditions {
  constructor(form) {
    this.form = form;
    this.known = JSON.parse(form.dataset.known || "{}");
    this.asked = [...form.querySelectorAll("[data-asked-when]")].map((question) => ({
      question,
      condition: JSON.parse(question.dataset.askedWhen),
    }));
    form.addEventListener("input", () => this.look());
    form.addEventListener("change", () => this.look());
    form.addEventListener("refresh", () => this.look());
    // Why a question stands here need not be told when it comes and goes with what it asks about.
    for (const { question } of this.asked) for (const words of question.querySelectorAll(".question__condition")) words.hidden = true;
    this.look();
  }

  look() {
    // Once more for each that could depend on another.
    for (const _again of this.asked) {
      for (const { question, condition } of this.asked) question.hidden = !this.holds(condition);
    }
  }

  holds(condition) {
    if (condition.all) return condition.all.every((part) => this.holds(part));
    if (condition.any) return condition.any.some((part) => this.holds(part));
    return tests[condition.test](this.value(condition.question), condition.value);
  }

  value(key) {
    const question = this.form.querySelector(`[data-question="${key}"]`);
    if (!question) return this.known[key] ?? null;
    if (question.hidden) return null;
    if (question.dataset.type === "rows") return question.querySelector("tbody tr[data-row]:not(.is-blank, [hidden])") ? "rows" : null;
    const typed = typedAt(this.form, key);
    return typed === "" || typed?.length === 0 ? null : typed;
  }
}

const number = (text) => Number(String(text).replace(/[\s\u00a0\u202f]|kr$/gi, "").replace("−", "-").replace(",", "."));
const tests = {
  is: (value, wanted) => value !== null && String(value) === wanted,
  is_not: (value, wanted) => value !== null && String(value) !== wanted,
  has: (value, wanted) => [].concat(value ?? []).includes(wanted),
  at_least: (value, wanted) => value !== null && number(value) >= Number(wanted),
  at_most: (value, wanted) => value !== null && number(value) <= Number(wanted),
  is_answered: (value) => value !== null,
};
