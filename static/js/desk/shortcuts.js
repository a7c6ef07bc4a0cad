// [data-shortcut="r"]: that key goes there. Never while one types, nor with Ctrl, Alt or Cmd.
// A page whose reader wants none bears no [data-shortcuts].
const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

function goTo(place) {
  place.scrollIntoView({ block: "start" });
  if (place.matches("a, button")) place.click();
  else place.querySelector("textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || !document.querySelector("[data-shortcuts]")) return;
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const place = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!place) return;
  event.preventDefault();
  goTo(place);
});
