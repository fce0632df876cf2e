import { deliverySender } from "./delivery.js";
import { evaluate } from "./evaluation.js";
import type { Face } from "./keeper.js";
import type { Delivery, PageSource, Runtime } from "./module.js";
import { playbooks, refreshPublished } from "./playbook.js";

const firstPauseMs = 60_000;
const longestPauseMs = 60 * 60_000;

/** Loads the module and a playbook; from then on the page is evaluated. Rejects where the module cannot be had. Until it is `over`. */
export async function start(face: Face, wasm: PageSource, over: AbortSignal): Promise<void> {
	const { clock, warn } = face;
	const ready = (async () => {
		const { default: load, Delivery, Runtime } = await import("./wasm/ripen.js");
		await load({ module_or_path: wasm });
		if (!over.aborted)
			face.useSender((): ReturnType<typeof deliverySender> => {
				const [seed = 0] = crypto.getRandomValues(new Uint32Array(1));
				return deliverySender(face, new Delivery(seed, face.circuit()) as Delivery);
			});
		return Runtime;
	})();

	let pause = firstPauseMs;
	const seek = async () => {
		// The first comes while the module does.
		for await (const [bytes, from] of playbooks(face)) {
			const Runtime = await ready;
			if (over.aborted) return;
			let runtime: Runtime;
			try {
				runtime = new Runtime(bytes);
			} catch (error) {
				warn("playbook_unreadable", `${`${from}`.slice(0, 99)} ${error}`);
				continue;
			}
			await evaluate(face, runtime, bytes, over);
			// Of who has left it knows nothing more; what still asks it is answered.
			const forget = () => runtime.restore(new Uint8Array(), [], false);
			if (over.aborted) forget();
			else over.addEventListener("abort", forget);
			// What has been published since is for the next page load.
			if (from !== "published") await refreshPublished(face, bytes);
			return;
		}
		if (!over.aborted) clock.wakeAt(clock.now() + pause, () => seek().catch(face.unavailable));
		pause = Math.min(pause * 2, longestPauseMs);
	};
	await Promise.all([ready, seek()]);
}
