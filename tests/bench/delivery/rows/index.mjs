/** All rows, in the order in which they are printed. */
import calm from "./calm.mjs";
import dying from "./dying.mjs";
import failing from "./failing.mjs";
import leaving from "./leaving.mjs";
import tabs from "./tabs.mjs";

export const rows = [...calm, ...leaving, ...failing, ...dying, ...tabs];
