// What has not reached the server, remembered in this window alone: a reload brings it back, closing the window ends it.

export class Drafts {
  constructor(form) {
    this.key = `samspel.forms:${form.dataset.writer}:${form.action}`;
    this.offered = new Map(); // what was left from before and nobody has decided on: path to {text, base}
  }

  keep(revision, unsaved) {
    const offered = [...this.offered].filter(([path]) => !unsaved.has(path));
    const fields = [...offered.map(([path, { text, base }]) => [path, text, base]), ...[...unsaved].map(([path, text]) => [path, text, revision])];
    try {
      if (fields.length) sessionStorage.setItem(this.key, JSON.stringify(fields));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A browser that remembers nothing, or is full: the page itself still holds the text.
    }
  }

  // Path to {text, base} of what was left: base is the revision that it was written upon.
  left() {
    try {
      const fields = JSON.parse(sessionStorage.getItem(this.key) ?? "[]");
      return new Map(fields.map(([path, text, base]) => [path, { text, base }]));
    } catch {
      return new Map();
    }
  }

  // Somebody has decided on what was offered.
  decided() {
    this.offered.clear();
  }
}
