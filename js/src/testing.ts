/**
 * For your own tests: Ripen as a page runs it, with a clock that you move and a collector in memory. It needs a document:
 * a browser, happy-dom or jsdom. Where there is none, `ripen/node` has the engine alone.
 *
 * @example
 * const t = await start({ playbook });
 * t.client.track("task_created");
 * await t.settled();
 * assert.equal(t.client.view().stages.journey, "set_up");
 * await t.advance(7 * 24 * 60 * 60 * 1000);
 * await t.stop();
 */

export type { Bindable } from "./bound/client.js";
export { type TestClock, testClock } from "./testing/clock.js";
export type { TestCollector } from "./testing/collector.js";
export { type StartOptions, start, type Test } from "./testing/start.js";
