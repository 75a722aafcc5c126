// Focus follows what changed: after a part of the page is replaced, the table one sorted, filtered or leafed through,
// an error summary, or the part's own mark takes focus.
let table = "";
document.addEventListener("htmx:beforeRequest", (event) => {
  table = event.detail.elt.closest(".data-table")?.id ?? "";
});
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const scroll = table && document.getElementById(table)?.querySelector(".table-scroll");
  table = "";
  const marked = part.querySelector("[autofocus], [data-focus]") ?? (part.matches("[data-focus]") ? part : null);
  (scroll || marked)?.focus();
});
