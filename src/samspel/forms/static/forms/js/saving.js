// What is typed is sent soon after the last key, and again until it has arrived. Nothing is forgotten before the server
// has said that it is kept: until then it stands in `unsaved`, and in the browser's memory of this window.

import { fill, isGone } from "./fields.js";

const AFTER_THE_LAST_KEY = 1500;
const WAITS = [2000, 4000, 8000, 15000, 30000];
const GIVE_UP_AFTER = 20000;

export class Saver extends EventTarget {
  constructor(form, words, drafts) {
    super();
    this.form = form;
    this.words = words;
    this.drafts = drafts;
    this.unsaved = new Map(); // path to what is typed
    this.tried = new Map(); // path to what was sent and got no answer: it may have arrived all the same
    this.faulty = new Map(); // path to what is typed and is no answer: not sent again until somebody changes it
    this.token = form.elements.namedItem("csrfmiddlewaretoken");
    this.revision = Number(form.elements.namedItem("_revision").value);
    this.failures = 0;
    this.contact = true;
    this.outgoing = (_path, text) => ({ text }); // `others` joins what somebody else changed, or says the base
    addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => document.hidden && this.unsaved.size && this.soon(0));
    addEventListener("beforeunload", (event) => {
      if (this.isUnsaved && !this.leaving) event.preventDefault();
    });
  }

  get isUnsaved() {
    return this.unsaved.size > 0 || Boolean(this.sending);
  }

  // Somebody typed.
  typed(path, text) {
    this.faulty.delete(path);
    this.unsaved.set(path, text);
    this.again(path);
    this.keepDraft();
    if (this.contact) this.say(this.words.waiting, "waiting");
    if (this.contact) this.soon(AFTER_THE_LAST_KEY);
  }

  // A row that found no place is sent again whole, with what is written in it.
  again(path) {
    const row = path.split("/").slice(0, 2).join("/");
    if (!this.faulty.has(row)) return;
    for (const [one, text] of [...this.faulty]) {
      if (one !== row && !one.startsWith(`${row}/`)) continue;
      this.faulty.delete(one);
      this.unsaved.set(one, text);
    }
  }

  // What is wrong in a row that is taken away keeps nobody from going on.
  gone(row) {
    for (const path of [...this.faulty.keys()]) if (path.startsWith(`${row}/`)) this.faulty.delete(path);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), wait);
  }

  // True when all is kept; false when something cannot be kept now.
  async flush() {
    clearTimeout(this.timer);
    for (let tries = 0; tries < 5 && this.isUnsaved; tries += 1) if (!(await this.send())) return false;
    return !this.isUnsaved && !this.faulty.size;
  }

  send() {
    if (this.sending) return this.sending;
    if (!this.unsaved.size) {
      this.contact = true;
      return Promise.resolve(true);
    }
    this.sending = this.post().finally(() => {
      this.sending = null;
      this.keepDraft();
    });
    return this.sending;
  }

  async post() {
    const sent = new Map([...this.unsaved].map(([path, raw]) => [path, { raw, ...this.outgoing(path, raw) }]));
    if (this.contact) this.say(this.words.saving, "saving");
    const answer = await this.fetch(this.form.action, { method: "POST", body: this.body(sent) });
    if (!answer) {
      for (const [path, { text }] of sent) if (typeof text === "string") this.tried.set(path, [...new Set([text, ...(this.tried.get(path) ?? [])])].slice(0, 5));
      return false;
    }
    if (!answer.ok) return this.refused(answer.said);
    return this.arrived(sent, answer.said);
  }

  // {ok, said}, or null when nobody who knows answered: then it is said plainly, and tried again.
  async fetch(address, options) {
    let answer = await this.ask(address, options);
    // Whoever has logged in again since has a new token.
    if (answer?.status === 403 && (await this.renewed())) answer = await this.ask(address, options);
    if (!answer) return this.failed(this.words.offline, "offline");
    const type = answer.headers.get("Content-Type") ?? "";
    if (answer.type === "opaqueredirect" || answer.status === 403)
      return this.isShut ? this.failed(this.words.shut, "refused") : this.failed(this.words.logged_out, "logged-out");
    const said = type.includes("json") ? await answer.json().catch(() => null) : null;
    if (answer.status >= 500 || !said) return this.failed(this.words.offline, "offline");
    this.failures = 0;
    this.contact = true;
    return { ok: answer.ok, said };
  }

  ask(address, options) {
    const headers = { Accept: "application/json", "X-CSRFToken": this.token.value };
    const signal = AbortSignal.timeout(GIVE_UP_AFTER);
    return fetch(address, { ...options, headers, redirect: "manual", signal }).catch(() => null);
  }

  async renewed() {
    const answer = await this.ask(this.form.dataset.now, {});
    const said = answer?.ok ? await answer.json().catch(() => null) : null;
    this.isShut = answer?.status === 403;
    // Another person may have logged in here: what is typed is not hers.
    if (said?.writer !== this.form.dataset.writer) return false;
    this.isShut = !said.may_write;
    if (this.isShut) return false;
    this.token.value = said.token;
    return true;
  }

  body(sent) {
    const body = new URLSearchParams({ _revision: String(this.revision) });
    const bases = {};
    for (const [path, { text, base }] of sent) {
      if (base !== undefined) bases[path] = base;
      if (!Array.isArray(text)) body.append(path, text);
      else if (text.length) text.forEach((one) => body.append(path, one));
      else body.append("_on_page", path);
    }
    const tried = [...this.tried].filter(([path]) => sent.has(path));
    if (tried.length) body.set("_sent", JSON.stringify(Object.fromEntries(tried)));
    if (Object.keys(bases).length) body.set("_bases", JSON.stringify(bases));
    return body;
  }

  arrived(sent, said) {
    for (const [path, { raw }] of sent) {
      this.tried.delete(path);
      if (this.unsaved.get(path) !== raw) continue; // typed anew while it was on its way
      this.unsaved.delete(path);
      if (path in said.faults && !isGone(this.form, path)) this.faulty.set(path, raw);
    }
    this.dispatchEvent(new CustomEvent("arrived", { detail: { sent, said } }));
    this.now(said.revision);
    if (this.faulty.size) this.say(fill(this.words.with_faults, { saved: said.saved, number: this.faulty.size }), "faults");
    else if (!this.unsaved.size) this.say(said.put_aside.length ? `${said.saved} ${this.words.put_aside}` : said.saved, "saved");
    if (this.unsaved.size) this.soon(AFTER_THE_LAST_KEY);
    return true;
  }

  // The page shows the answer as it stands at this revision, but for what `others` holds back.
  now(revision) {
    this.revision = revision;
    this.form.elements.namedItem("_revision").value = String(revision);
  }

  // The form was submitted meanwhile, and what was typed is kept beside it; or it cannot be saved at all.
  refused(said) {
    if (said.is_kept_beside) this.unsaved.clear();
    const sentence = said.refused || said.state;
    this.say(this.unsaved.size ? `${sentence} ${this.words.refused}` : sentence, "refused");
    this.dispatchEvent(new CustomEvent("refused", { detail: said }));
    return false;
  }

  failed(sentence, kind) {
    this.contact = false;
    this.say(sentence, kind);
    this.soon(WAITS[Math.min(this.failures, WAITS.length - 1)]);
    this.failures += 1;
    return null;
  }

  keepDraft() {
    this.drafts.keep(this.revision, new Map([...this.faulty, ...this.unsaved]));
  }

  say(sentence, kind) {
    this.dispatchEvent(new CustomEvent("said", { detail: { sentence, kind } }));
  }
}
