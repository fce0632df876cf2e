/** How long the benchmark waits. It measures what others do in their own time, so it has to. */
export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)));

/** Waits until something holds, at most so long; whether it does. */
export async function until(most, holds) {
	const end = performance.now() + most;
	while (!holds()) {
		if (performance.now() > end) return false;
		await pause(50);
	}
	return true;
}

/**
 * Waits until the SDK is quiet: all has arrived and for `linger` nothing came after it, or no request came for `idle`;
 * at most `most`. `factor`: how much slower than usual the machine is.
 */
export async function quiet(endpoint, sent, factor, { idle = 8_000, most = 30_000, linger = 3_000 } = {}) {
	const start = performance.now();
	const silence = () => performance.now() - Math.max(start, endpoint.requests.at(-1)?.at ?? 0);
	const complete = () => [...sent].every((id) => endpoint.arrivals.has(id));
	await until(most * factor, () => silence() > idle * factor || (silence() > linger * factor && complete()));
}
