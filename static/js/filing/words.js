export { element, sizeWords, words } from "../words.js";

// Said to screen readers, when they have finished their sentence; a repeated sentence is said again.
export function announce(text) {
  const live = document.querySelector("[data-live]");
  if (!live || !text) return;
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}
