/** A call that was made before Ripen was there. */
export interface Waiting {
	name: string;
	args: unknown[];
	/** When, in milliseconds since 1970 UTC. */
	at: number;
	/** Is given what the call returns. */
	done?: ((result: unknown) => void) | undefined;
}

/** What the snippet puts on `window.ripen`. */
export interface Stub {
	calls: Waiting[];
	/** So many calls found no place. */
	lost: number;
	[name: string]: unknown;
}
