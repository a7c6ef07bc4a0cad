import "./gestion/counters.js";
import "./gestion/shortcuts.js";

// <button type="button" hidden data-check-all="nom" data-check-none="Tout décocher">: ticks every box of its form bearing that name.
function prepare(button) {
  const boxes = [...button.form.querySelectorAll(`input[type=checkbox][name="${button.dataset.checkAll}"]`)];
  const words = [button.textContent, button.dataset.checkNone];
  const areAllTicked = () => boxes.every((box) => box.checked);
  const say = () => { button.textContent = words[Number(areAllTicked())]; };
  button.addEventListener("click", () => {
    const isTicked = !areAllTicked();
    for (const box of boxes) box.checked = isTicked;
    say();
  });
  button.form.addEventListener("change", say);
  button.hidden = false;
  say();
}

document.querySelectorAll("button[data-check-all]").forEach(prepare);
