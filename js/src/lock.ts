/** Has a Web Lock from `held` on until `signal`, or until the tab ends, however that happens. */
export const holdLock = (
	name: string,
	signal: AbortSignal,
	held?: () => void,
): Promise<unknown> | undefined =>
	navigator.locks?.request(name, { signal }, () => {
		if (signal.aborted) return;
		held?.();
		return new Promise((release) => signal.addEventListener("abort", release));
	});
