/**
 * The engine that pages run, on a server: a playbook, what somebody did, and a time; out comes how the product sees them.
 * It has no clock and keeps nothing of anybody.
 *
 * @example
 * const engine = await openEngine(await readFile("playbook.json", "utf8"));
 * const view = engine.view({ person: "ada", events, at: Date.now() });
 */

export { type Engine, openEngine, type Question } from "./node/engine.js";
export type { Message, View } from "./types.js";
