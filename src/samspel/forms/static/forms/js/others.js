// What others change while the page stands open. It is put in fields that nobody here is in; a field that is being
// written in is never changed under the cursor: what it says now is shown beside, and taken in when it is left.

import { element, fill, holdsFocus, inputsAt, placeOf, putAt, same, typedAt } from "./fields.js";
import { joined } from "./merging.js";

export class Others {
  constructor(form, words, saver, rows, announce) {
    Object.assign(this, { form, words, saver, rows, announce });
    this.agreed = new Map(); // path to what the page and the server last had in common
    this.older = new Map(); // path to the revision that a text left from before was written upon
    this.held = new Map(); // path to {theirs, base, one}: what waits beside a field that is being written in
    saver.outgoing = (path, raw) => this.outgoing(path, raw);
    saver.addEventListener("arrived", ({ detail }) => this.arrived(detail));
    form.addEventListener("focusout", ({ target }) => setTimeout(() => this.left(target.name)));
    form.addEventListener("click", ({ target }) => this.pressed(target));
  }

  // What stood in a field before anybody here wrote in it.
  before(path) {
    return this.agreed.get(path) ?? initially(inputsAt(this.form, path));
  }

  base(path, revision) {
    this.older.set(path, revision);
  }

  // For a page that is posted whole: what each field that has something waiting beside it was written upon.
  bases() {
    return Object.fromEntries([...this.held].map(([path, { base }]) => [path, base]));
  }

  outgoing(path, raw) {
    const held = this.held.get(path);
    if (!held) return { text: raw, base: this.older.get(path) };
    const text = joined(this.before(path), raw, held.theirs);
    return text === null ? { text: raw, base: held.base } : { text };
  }

  arrived({ sent, said }) {
    const bases = new Map(); // the revision that each was written upon: whatever came since, it stays so
    for (const [path, { raw, text, base }] of sent) {
      bases.set(path, base ?? this.saver.revision);
      if (path in said.faults) continue;
      const held = this.held.get(path);
      // The server has more than the page shows where what somebody else wrote was joined on its way out.
      if (held && !same(raw, text)) held.theirs = text;
      else this.held.delete(path);
      this.older.delete(path);
      this.agreed.set(path, raw);
    }
    this.came(said.theirs, bases);
    said.put_aside.forEach((one) => this.aside(one, said.theirs.find(({ path }) => path === one.path)));
    said.brought_back.forEach((row) => this.rows.back(row, this.words.brought_back));
  }

  // mine: the paths that were just sent, for which the server's word is what came of both, and their bases.
  came(theirs, mine = new Map()) {
    for (const one of theirs) {
      const depth = one.path.split("/").length;
      if (depth === 2) this.rows.changed(one, this.saver);
      else if (depth === 3 && !inputsAt(this.form, one.path).length) continue;
      else if (typedAt(this.form, one.path) !== null) this.changed(one, mine.get(one.path));
    }
    if (theirs.length) this.form.dispatchEvent(new Event("refresh"));
  }

  changed(one, sentBase) {
    const { path, typed } = one;
    if (isFile(this.form, path)) return this.file(one, sentBase);
    const shown = typedAt(this.form, path);
    if (same(shown, typed)) {
      this.agreed.set(path, typed);
      this.held.delete(path);
    } else if (holdsFocus(this.form, path) || this.saver.unsaved.has(path) || this.saver.faulty.has(path)) {
      const held = this.held.get(path);
      this.held.set(path, { theirs: typed, base: held?.base ?? sentBase ?? this.saver.revision, one });
      this.beside(one);
    } else {
      this.put(one);
      if (sentBase !== undefined && one.is_merged) this.mark(path, fill(this.words.joined, one));
    }
  }

  // Another file was put in: it is told, and one that is chosen here is sent as of before.
  file(one, sentBase) {
    const held = this.held.get(one.path);
    this.held.set(one.path, { theirs: one.typed, base: held?.base ?? sentBase ?? this.saver.revision, one });
    this.mark(one.path, `${fill(this.words.changed_by, one)} ${one.words || this.words.emptied}`);
    this.announce(fill(this.words.told, one));
  }

  put(one) {
    putAt(this.form, one.path, one.typed);
    this.agreed.set(one.path, one.typed);
    this.held.delete(one.path);
    this.mark(one.path, fill(this.words.changed_by, one));
    this.announce(fill(this.words.told, one));
    inputsAt(this.form, one.path)[0]?.dispatchEvent(new Event("replaced", { bubbles: true }));
  }

  // The field is left: what waited beside it takes its place, joined with what was written meanwhile.
  left(path) {
    const held = this.held.get(path);
    if (!held || holdsFocus(this.form, path) || isFile(this.form, path)) return;
    const shown = typedAt(this.form, path);
    const text = joined(this.before(path), shown, held.theirs);
    if (text === null) {
      this.saver.soon(0); // the server joins them, or puts one aside
      return;
    }
    const isMine = !same(shown, this.before(path));
    this.put({ ...held.one, typed: text });
    this.agreed.set(path, held.theirs);
    if (isMine && !same(text, held.theirs)) this.saver.typed(path, text);
    else this.saver.unsaved.delete(path);
  }

  mark(path, sentence) {
    const note = element("p", sentence, { class: "others__mark" });
    this.say(path, note);
  }

  beside(one) {
    const box = element("div", "", { class: "others__beside" });
    box.append(
      element("p", fill(this.words.changed_while, one)),
      element("blockquote", one.words || this.words.emptied),
      element("button", this.words.take_in, { type: "button", class: "button", "data-take-in": one.path }),
    );
    this.say(one.path, box);
    this.announce(fill(this.words.told, one));
  }

  aside(one, theirs) {
    const box = element("div", "", { class: "aside" });
    box.append(element("p", this.words.aside_title, { class: "aside__head" }), element("blockquote", one.words));
    if (theirs) box.append(element("p", fill(this.words.stands_now, theirs)), element("blockquote", theirs.words));
    const links = element("p", "", { class: "question__links" });
    links.append(
      element("button", this.words.use_mine, { type: "button", class: "button", "data-aside-deed": "use", "data-url": one.url }),
      element("button", this.words.put_after, { type: "button", class: "button", "data-aside-deed": "after", "data-url": one.url }),
      element("a", this.words.choose, { href: one.url }),
    );
    box.append(links);
    this.say(one.path, box);
    this.announce(this.words.aside_title);
  }

  say(path, made) {
    this.said(path)?.remove();
    made.dataset.said = path;
    placeOf(this.form, path)?.append(made);
  }

  said(path) {
    return placeOf(this.form, path)?.querySelector(`[data-said="${CSS.escape(path)}"]`);
  }

  async pressed(target) {
    if (target.dataset.takeIn) this.left(target.dataset.takeIn);
    if (!target.dataset.asideDeed) return;
    await this.saver.flush(); // what was written in the field since is kept before another text takes its place
    const body = new URLSearchParams({ deed: target.dataset.asideDeed });
    const answer = await this.saver.fetch(target.dataset.url, { method: "POST", body });
    if (!answer?.ok) return answer && this.saver.refused(answer.said);
    const { path, typed } = answer.said;
    this.saver.unsaved.delete(path);
    this.held.delete(path);
    putAt(this.form, path, typed);
    this.agreed.set(path, typed);
    this.said(path)?.remove();
    inputsAt(this.form, path)[0]?.focus();
    this.saver.say(answer.said.saved, "saved");
  }
}

const isFile = (form, path) => inputsAt(form, path)[0]?.type === "file";

function initially(inputs) {
  if (!inputs.length) return "";
  const [first] = inputs;
  if (first.type === "checkbox") return inputs.filter((one) => one.defaultChecked).map((one) => one.value);
  if (first.type === "radio") return inputs.find((one) => one.defaultChecked)?.value ?? "";
  if (first.tagName === "SELECT") return [...first.options].find((one) => one.defaultSelected)?.value ?? "";
  return first.defaultValue;
}
