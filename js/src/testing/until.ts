/** As it is when this is loaded: tests may replace it later. */
const { setTimeout } = globalThis;
const now = Date.now.bind(Date);
const longestMs = 30_000;

/** Lets what is due happen. */
export const turn = (ms = 0): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms));

/** Waits for a condition, in real time. Rejects where it never comes to hold, with what is `told` then, unless `patience` is given. */
export async function until(
	holds: () => unknown,
	what: string,
	told?: () => string,
	patience?: number,
): Promise<void> {
	const end = now() + (patience ?? longestMs);
	while (!holds()) {
		if (now() > end) {
			if (patience !== undefined) return;
			throw new Error(`ripen/testing: it never was ${what}. ${told?.() ?? ""}`.trim());
		}
		await turn(1);
	}
}
