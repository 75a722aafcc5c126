// What has not reached the server, remembered in this window alone: a reload brings it back, closing the window ends it.

export class Drafts {
  constructor(form) {
    this.key = `samspel.forms:${form.dataset.writer}:${form.action}`;
  }

  keep(revision, unsaved) {
    try {
      if (unsaved.size) sessionStorage.setItem(this.key, JSON.stringify({ revision, fields: [...unsaved] }));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A browser that remembers nothing, or is full: the page itself still holds the text.
    }
  }

  // {revision, fields: Map} of what was left, or null.
  left() {
    try {
      const { revision, fields } = JSON.parse(sessionStorage.getItem(this.key) ?? "null") ?? {};
      return fields?.length ? { revision, fields: new Map(fields) } : null;
    } catch {
      return null;
    }
  }
}
