/** What `import * as ripen from "ripen"` is: for who is to be given it, as the bindings of frameworks are. */
export type Client = typeof import("./index.js");
