// The form of a request: what its page loads besides main.js.
import "./conditions.js";
import "./filing/autosave.js";
import "./filing/uploads.js";
