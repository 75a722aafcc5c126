// Rows are added, taken away and put back without leaving the page; sums beneath follow. What a row's inputs are called
// is its path, so it is saved as any field: `question/row` holds its place, empty when it is taken away.

import { element, fill } from "./fields.js";

export class Rows {
  constructor(form, words, announce) {
    Object.assign(this, { form, words, announce, saver: null });
    form.addEventListener("click", (event) => this.pressed(event));
    form.addEventListener("change", ({ target }) => target.name === "_remove" && this.tick(target));
    form.addEventListener("input", ({ target }) => this.wrote(target));
    form.addEventListener("refresh", () => this.sums());
    this.sums();
  }

  pressed(event) {
    const { add, undo } = event.target.dataset;
    if (undo) this.undo(event.target.closest("tr"));
    if (!add) return;
    event.preventDefault();
    const table = this.table(add);
    if (table.querySelectorAll("tbody tr:not([hidden])").length >= Number(table.dataset.most)) return;
    const id = crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    const row = this.make(add, id);
    row.querySelector("input:not([type=hidden]), textarea, select").focus();
    this.announce(fill(this.words.row_added, { number: row.rowIndex }));
  }

  // A new row from the page's blank one, last in its table.
  make(question, id, place = this.last(question) + 1) {
    const blank = document.querySelector(`template[data-blank="${question}"]`).content.querySelector("tr");
    const row = blank.cloneNode(true);
    for (const one of row.querySelectorAll("*")) {
      for (const { name, value } of [...one.attributes]) {
        if (value.includes("blank")) one.setAttribute(name, value.replace(`${question}/blank`, `${question}/${id}`).replace(`${question}-blank`, `${question}-${id}`));
      }
    }
    row.dataset.row = `${question}/${id}`;
    const hidden = row.querySelector("input[type=hidden]");
    hidden.name = "_blank";
    hidden.value = `${question}/${id}:${place}`;
    this.table(question).tBodies[0].append(row);
    this.number(question);
    return row;
  }

  // The first thing written in a blank row makes the row.
  wrote(input) {
    const row = input.closest?.("tr[data-row]");
    const hidden = row?.querySelector("input[name=_blank]");
    if (hidden && input.value.trim()) {
      const place = hidden.value.split(":")[1];
      hidden.name = row.dataset.row;
      hidden.value = place;
      row.classList.remove("is-blank");
      this.saver.typed(row.dataset.row, place);
    }
    if (row) this.sums();
  }

  tick(box) {
    if (!box.checked) return;
    const row = box.closest("tr");
    const number = row.rowIndex;
    const path = row.dataset.row;
    const wasThere = !row.querySelector("input[name=_blank]");
    row.hidden = true;
    const undo = element("tr", "", { class: "rows__gone", "data-gone": path });
    const cell = element("td", fill(this.words.row_taken, { number }), { colspan: String(row.cells.length) });
    const button = element("button", this.words.row_undo, { type: "button", class: "button button--quiet", "data-undo": path });
    cell.append(" ", button);
    undo.append(cell);
    row.after(undo);
    this.saver.gone(path);
    if (wasThere) this.saver.typed(path, "");
    this.number(path.split("/")[0]);
    this.sums();
    button.focus();
    this.announce(fill(this.words.row_taken, { number }));
  }

  undo(gone) {
    const row = gone.previousElementSibling;
    gone.remove();
    this.show(row);
    const hidden = row.querySelector("input[type=hidden]");
    if (hidden.name !== "_blank") {
      this.saver.typed(row.dataset.row, hidden.value);
      for (const { name, value } of row.querySelectorAll("td [name]:not([name^=_])")) this.saver.typed(name, value);
    }
    row.querySelector("input:not([type=hidden]), textarea, select").focus();
  }

  show(row) {
    row.hidden = false;
    row.querySelector("[name=_remove]").checked = false;
    this.number(row.dataset.row.split("/")[0]);
    this.sums();
  }

  // Somebody else added, moved or took away a row.
  changed(one, saver) {
    const [question, id] = one.path.split("/");
    if (!this.table(question)) return;
    const row = this.at(one.path);
    const isMine = [...saver.unsaved.keys(), ...saver.faulty.keys()].some((path) => path.startsWith(`${one.path}/`));
    if (one.typed === null) {
      if (!row || row.hidden || isMine || row.contains(document.activeElement)) return;
      row.replaceWith(element("tr", "", { class: "rows__gone" }));
      const gone = this.table(question).querySelector(".rows__gone:empty");
      gone.append(element("td", fill(this.words.row_gone, one), { colspan: String(gone.closest("table").rows[0].cells.length) }));
    } else if (!row) {
      const made = this.make(question, id, Number(one.typed));
      const hidden = made.querySelector("input[type=hidden]");
      hidden.name = one.path;
      hidden.value = one.typed;
      made.classList.remove("is-blank");
      made.cells[0].append(element("span", fill(this.words.row_here, one), { class: "others__mark" }));
      this.announce(fill(this.words.row_here, one));
    } else if (row.hidden) this.back(one.path, "");
    this.number(question);
  }

  back(path, sentence) {
    const row = this.at(path);
    if (!row) return;
    this.form.querySelector(`[data-gone="${CSS.escape(path)}"]`)?.remove();
    this.show(row);
    if (sentence) this.announce(sentence);
  }

  at(path) {
    return this.form.querySelector(`tr[data-row="${CSS.escape(path)}"]`);
  }

  table(question) {
    return this.form.querySelector(`table[data-rows="${question}"]`);
  }

  last(question) {
    const places = [...this.table(question).querySelectorAll("tbody input[type=hidden]")].map((one) => Number(one.value.split(":").pop()));
    return Math.max(0, ...places.filter(Number.isFinite));
  }

  number(question) {
    const table = this.table(question);
    const rows = [...table.querySelectorAll("tbody tr[data-row]:not([hidden])")];
    rows.forEach((row, place) => row.querySelectorAll("[data-number]").forEach((one) => (one.textContent = place + 1)));
    const add = this.form.querySelector(`[data-add="${question}"]`);
    if (add) add.disabled = rows.length >= Number(table.dataset.most);
  }

  sums() {
    for (const shown of this.form.querySelectorAll("output[data-sum]")) {
      const table = shown.closest("table");
      const end = `/${shown.dataset.sum}`;
      const cells = [...table.querySelectorAll("tbody tr:not([hidden]) input:not([type=hidden])")].filter((one) => one.name.endsWith(end));
      shown.textContent = written(cells.map((one) => number(one.value)), shown.dataset.unit);
    }
  }
}

// [whole part in the smallest digit, digits after the comma], exactly: sums of money are not rounded.
function number(text) {
  const plain = text.replace(/[\s\u00a0\u202f]|kr$/gi, "").replace("−", "-").replace(",", ".");
  const found = /^(-?\d{1,15})(?:\.(\d{1,10}))?$/.exec(plain);
  return found ? [BigInt(found[1] + (found[2] ?? "")), (found[2] ?? "").length] : [0n, 0];
}

function written(numbers, unit) {
  const digits = Math.max(0, ...numbers.map(([, after]) => after));
  const sum = numbers.reduce((so, [whole, after]) => so + whole * 10n ** BigInt(digits - after), 0n);
  const text = String(sum < 0n ? -sum : sum).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  const after = digits && Number(text.slice(-digits)) ? `,${text.slice(-digits)}` : "";
  return `${sum < 0n ? "-" : ""}${whole}${after}${unit ? `\u00a0${unit}` : ""}`;
}
