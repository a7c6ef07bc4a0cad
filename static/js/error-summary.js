// After a failed form, the summary takes the focus: it is read first, and Tab goes to the first mistake.
const summary = document.querySelector("[data-error-summary]");

summary?.focus();
