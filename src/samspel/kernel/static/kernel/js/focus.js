// Focus follows what changed: after a part of the page is replaced, its error summary or its own mark takes focus.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const target = part.querySelector("[autofocus], [data-focus]") ?? (part.matches("[data-focus]") ? part : null);
  target?.focus();
});
