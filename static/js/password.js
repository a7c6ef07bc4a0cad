// <input type="password" data-password>: shows or hides what is typed. With data-password="new": says its strength too.
import { words as say } from "./words.js";

const CLASSES = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d]/];
const LONG = 20;

function strength(password) {
  if (password.length < 12) return 0;
  const distinct = new Set(password).size;
  const kinds = CLASSES.filter((kind) => kind.test(password)).length;
  if (distinct < 6) return 1;
  if (password.length >= LONG && distinct >= 10) return 4;
  return Math.min(4, 1 + Math.floor((kinds + (password.length >= 16 ? 2 : 0) + 1) / 2));
}

function addToggle(input, box) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button--quiet button--small password__toggle";
  button.textContent = say("show_password");
  button.addEventListener("click", () => {
    const isShown = input.type === "text";
    input.type = isShown ? "password" : "text";
    button.textContent = isShown ? say("show_password") : say("hide_password");
  });
  // A password left in clear would be remembered by the browser as ordinary text.
  input.form?.addEventListener("submit", () => (input.type = "password"));
  box.append(button);
}

function addMeter(input, box) {
  const meter = document.createElement("meter");
  const words = document.createElement("p");
  Object.assign(meter, { className: "password__meter", min: 0, max: 4, low: 1.5, high: 2.5, optimum: 4, value: 0 });
  meter.setAttribute("aria-label", say("password_strength"));
  words.className = "password__words";
  words.setAttribute("role", "status");
  input.addEventListener("input", () => {
    meter.value = strength(input.value);
    const news = input.value ? say(`password_${meter.value}`) : "";
    if (words.textContent !== news) words.textContent = news;
  });
  box.append(meter, words);
}

for (const input of document.querySelectorAll("input[data-password]")) {
  const box = document.createElement("div");
  box.className = "password";
  if (input.dataset.password === "new") addMeter(input, box);
  addToggle(input, box);
  input.after(box);
}
