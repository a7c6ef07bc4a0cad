// Everything works without these modules; each one adds something to the elements that ask for it by a data attribute.
import "./error-summary.js";
import "./files.js";
import "./finder.js";
import "./leaving.js";
import "./password.js";
import "./print.js";
import "./submit-once.js";
import "./tree.js";
