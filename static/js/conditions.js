// [data-depends-input]: shown only when an earlier answer calls for it, as categories/questionnaire/conditions.py
// decides. What is hidden keeps what was typed in it; the server alone says what counts.
import { announce, words } from "./filing/words.js";

function answersOf(form, name) {
  const controls = [...form.elements].filter((one) => one.name === name && one.type !== "file");
  // A question that is not asked has no answer.
  const asked = controls.filter((one) => !one.closest("[data-depends-input][hidden]"));
  const given = asked.filter((one) => !["radio", "checkbox"].includes(one.type) || one.checked);
  return given.map((one) => one.value).filter(Boolean);
}

function holds({ dependsOperator: operator, dependsValue: value }, answers) {
  if (!answers.length) return false;
  if (operator === "answered") return true;
  if (operator === "in") return value.split(" ").includes(answers[0]);
  return answers.includes(value) === (operator === "is");
}

// In the order of the page: a condition looks at earlier questions only, so one pass settles chains.
function apply(form) {
  const shown = [];
  for (const part of form.querySelectorAll("[data-depends-input]")) {
    const isAsked = holds(part.dataset, answersOf(form, part.dataset.dependsInput));
    if (isAsked && part.hidden && !part.parentElement.closest("[hidden]")) shown.push(part);
    if (part.hidden === isAsked) part.hidden = !isAsked;
  }
  return shown.length;
}

function enhance(form) {
  for (const when of form.querySelectorAll("[data-when]")) when.hidden = true;
  apply(form);
  form.addEventListener("change", () => {
    const count = apply(form);
    if (count) announce(words(count === 1 ? "one_more" : "some_more", { count }));
  });
  window.addEventListener("pageshow", () => apply(form));
}

const forms = [...document.querySelectorAll("[data-depends-input]")].map((part) => part.closest("form"));
new Set(forms.filter(Boolean)).forEach(enhance);
