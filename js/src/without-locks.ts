/** One file for pages without TLS, and old browsers. */
export { isLeased, lease, take } from "./lease.js";
export { rescueRipe } from "./ripe.js";
