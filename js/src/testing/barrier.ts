import type { Bindable } from "../bound/client.js";
import type { Decision, Message } from "../types.js";
import { until } from "./until.js";

/** A nudge that nobody is ever shown. Decisions are made known in order: with the one about it, all before it are. */
const id = "ripen_testing_settled";

/** The playbook with it. */
export const withBarrier = (playbook: object): object => ({
	...playbook,
	nudges: {
		...(playbook as { nudges?: object }).nudges,
		[id]: {
			purpose: "help",
			on: { call: id },
			when: { "user.ripen_testing": "never" },
			placement: { kind: "headless" },
			content: { en: { title: "Settled" } },
		},
	},
});

/** Whether an event, or a decision, is not about it. */
export const isOurs = (message: Message): boolean => message.properties?.nudge !== id;
export const isOfPlaybook = ({ considered }: Decision): boolean =>
	considered.every(({ nudge }) => nudge !== id);

/** Resolves when all that was tracked before is decided about. */
export function openBarrier(client: Bindable): () => Promise<void> {
	let passed = 0;
	client.on("decision", (decision) => {
		if (!isOfPlaybook(decision)) passed++;
	});
	return async () => {
		// Of nobody nothing is decided; and who has not agreed, or has no engine, waits for nothing.
		if (client.view()?.state !== "current") return;
		const before = passed;
		client.trigger(id);
		await until(() => passed > before || client.view()?.state !== "current", "decided");
	};
}
