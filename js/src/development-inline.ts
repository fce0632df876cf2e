/** `ripen/inline` while an application is developed, as development.ts. Names are known where `init` is given the `toolkit`. */
import { watched } from "./development/watch.js";
import * as ripen from "./inline.js";

export * from "./inline.js";

export const { init, on, trigger } = watched(ripen);
