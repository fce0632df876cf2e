// What is drawn of a nudge in a document without a browser, as JSON.
import timers from "node:timers";
import { start } from "../../../js/dist/testing.js";

const playbook = {
	policy: { holdout: 0, help_first: false },
	signals: { tasks: { count: "task_created" } },
	nudges: {
		hint: {
			purpose: "help",
			on: { event: "task_created" },
			placement: { kind: "banner" },
			content: { en: { title: "A hint" } },
		},
	},
};
const t = await start({ playbook });
t.client.track("task_created");
await t.settled();
const drawn = () => document.querySelector("ripen-nudge")?.shadowRoot?.textContent;
const failed = () => t.warnings.some(({ code }) => code === "nudge_failed");
for (const end = Date.now() + 30_000; !(drawn() || failed()) && Date.now() < end; )
	await new Promise((resolve) => setTimeout(resolve, 10));
const store = t.client.health().store;
console.log(
	JSON.stringify({ nudges: t.nudges.length, store, drawn: /A hint/.test(drawn()), failed: failed() }),
);
await t.stop();
// Nothing keeps the process alive: the deadline of a request would, for thirty seconds.
timers
	.setTimeout(() => {
		console.log("is still up");
		process.exit();
	}, 15_000)
	.unref();
