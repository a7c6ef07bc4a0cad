import "./error-summary.js";
