// Who logs out leaves nothing of what she typed in the tab (filing/copy.js): the next person may not read it.
for (const form of document.querySelectorAll("form[data-leaving-site]")) {
  form.addEventListener("submit", () => window.sessionStorage.clear());
}
