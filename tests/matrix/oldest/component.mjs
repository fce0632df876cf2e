// A component that draws a nudge, in a document without a browser: what is on screen at each step, as JSON.
import { act, createElement as h, StrictMode, useEffect } from "react";
import { createRoot } from "react-dom/client";
import { RipenProvider, useNudge, useStage } from "../../../js/dist/react.js";
import { start } from "../../../js/dist/testing.js";

globalThis.IS_REACT_ACT_ENVIRONMENT = true;
const playbook = {
	policy: { holdout: 0, help_first: false },
	signals: { tasks: { count: "task_created" } },
	ladders: { journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 1 } } }] } },
	nudges: {
		hint: {
			purpose: "help",
			on: { event: "task_created" },
			placement: { kind: "headless" },
			content: { en: { title: "A hint" } },
		},
	},
};
function Hint() {
	const nudge = useNudge("hint");
	useEffect(() => nudge?.report("shown"), [nudge]);
	return (
		nudge && h("button", { type: "button", onClick: () => nudge.report("dismissed") }, nudge.text("title"))
	);
}
const Stage = () => useStage("journey") ?? "unknown";
const t = await start({ playbook });
const place = document.body.appendChild(document.createElement("main"));
const root = createRoot(place);
const shown = [];
const step = async (work) => {
	await act(async () => {
		work();
		await t.settled();
	});
	shown.push(place.textContent);
};
await step(() =>
	root.render(h(StrictMode, null, h(RipenProvider, { client: t.client }, h(Stage), " ", h(Hint)))),
);
await step(() => t.client.track("task_created"));
await step(() => place.querySelector("button").click());
await t.settled();
const told = t.events.map(({ event }) => event).filter((event) => /^.nudge/.test(event));
await act(async () => root.unmount());
await t.stop();
console.log(JSON.stringify({ shown, told }));
process.exit();
