// A link to a page of its own opens the same content as a dialog where the browser can; without a script the link is followed.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens-dialog]");
  if (!opener || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const dialog = document.getElementById(opener.dataset.opensDialog);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector("h2")?.focus();
  dialog.addEventListener("close", () => opener.focus(), { once: true });
});
