// What the bindings make of it, once `ripen types` has written what playbook.json speaks of.
import * as client from "ripen";
import { type RipenSlotProps, useNudge, useRipen, useStage, useView } from "ripen/react";
import { stores } from "ripen/svelte";
import { useStage as useStageOfVue } from "ripen/vue";

export function useBindings(): void {
	const stage: "new" | "set_up" | undefined = useStage("journey");
	const projects: number | undefined = useView(({ signals }) => signals.projects);
	useNudge("hello");
	useRipen().track("project_created", { stage, projects });
	const vue: "new" | "set_up" | undefined = useStageOfVue("journey").value;
	stores(client)
		.stage("journey")
		.subscribe((rung: "new" | "set_up" | undefined) => rung === vue);
	// @ts-expect-error there is no such ladder
	useStage("jorney");
	// @ts-expect-error nor such a rung
	useStage("journey") === "setup";
	// @ts-expect-error nor such a signal
	useView(({ signals }) => signals.porjects);
	// @ts-expect-error nor such a nudge
	useNudge("helo");
	// @ts-expect-error nor such an event
	useRipen().track("project_craeted");
	// @ts-expect-error nor such a ladder, in Vue
	useStageOfVue("jorney");
	// @ts-expect-error nor in Svelte
	stores(client).stage("jorney");
}
// @ts-expect-error nor such a slot
export const slot: RipenSlotProps = { name: "sidbar" };
