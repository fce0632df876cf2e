// What may be written with `ripen/vue`, and what may not.

import type { Nudge, View } from "ripen";
import * as client from "ripen";
import { RipenSlot, ripen, useNudge, useRipen, useStage, useView } from "ripen/vue";
import { createApp, h, type Ref } from "vue";

export function useIntended(view: View): void {
	createApp({}).use(ripen(client, { writeKey: "demo" }, { initialView: view }));
	createApp({}).use(ripen(client));
	const whole: Readonly<Ref<View | undefined>> = useView();
	const busy: Readonly<Ref<boolean | undefined>> = useView(({ segments }) => segments.includes("busy"));
	const stage: Readonly<Ref<string | undefined>> = useStage("journey");
	const nudge: Readonly<Ref<Nudge | undefined>> = useNudge("hint");
	nudge.value?.report("dismissed", { by: "button" });
	useRipen().track("opened", { stage: stage.value, busy: busy.value, at: whole.value?.at });
	h(RipenSlot, { name: "side", minHeight: "6rem" });
}

export function useForbidden(): void {
	// @ts-expect-error options need a key
	ripen(client, {});
	// @ts-expect-error it is no one's to set
	useStage("journey").value = "champion";
	// @ts-expect-error a view has no such thing
	useView((view) => view.stage);
	// @ts-expect-error a slot has a name
	h(RipenSlot, { minHeight: 96 });
}
