// What may be written with `ripen/react`, and what may not.

import type { Nudge, View } from "ripen";
import * as ripen from "ripen";
import { RipenProvider, RipenSlot, useNudge, useRipen, useStage, useView } from "ripen/react";
import * as slim from "ripen/slim";

export function Intended({ view }: { view: View }) {
	const whole: View | undefined = useView();
	const tasks: string | number | boolean | undefined = useView(({ signals }) => signals.tasks);
	const busy: { busy: boolean } | undefined = useView(({ segments }) => ({
		busy: segments.includes("busy"),
	}));
	const stage: string | undefined = useStage("journey");
	const nudge: Nudge | undefined = useNudge("hint", "tip");
	useRipen().track("opened", { from: stage, tasks, busy: busy?.busy, at: whole?.at });
	return (
		<RipenProvider client={ripen} options={{ writeKey: "demo" }} initialView={view}>
			<RipenProvider client={slim}>
				<RipenSlot name="side" minHeight="6rem" className="wide" data-kind="x" aria-live="polite" />
				<ripen-slot name="raw" class="wide" />
				<button type="button" onClick={() => nudge?.report("dismissed", { by: "button" })} />
			</RipenProvider>
		</RipenProvider>
	);
}

export function Forbidden() {
	// @ts-expect-error a ladder has a name
	useStage();
	// @ts-expect-error what is not known yet is undefined
	const stage: string = useStage("journey");
	// @ts-expect-error a view has no such thing
	useView((view) => view.stage);
	// @ts-expect-error it is dismissed, not closed
	useNudge("hint")?.report("closed");
	return (
		<>
			{/* @ts-expect-error a client is the module, not its options */}
			<RipenProvider client={{ writeKey: "demo" }} />
			{/* @ts-expect-error it is called writeKey */}
			<RipenProvider client={ripen} options={{ key: stage }} />
			{/* @ts-expect-error a slot has a name */}
			<RipenSlot minHeight={96} />
			{/* @ts-expect-error what stands in it is Ripen's */}
			<RipenSlot name="side">Text</RipenSlot>
		</>
	);
}
