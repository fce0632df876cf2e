/** Gets the journal's waiting events to the collector: `plain.ts` at first, then `delivery.ts`. */
export interface Sender {
	/** More than half of what may wait waits. */
	readonly pressed?: boolean;
	/** There are new events in `journal.waiting`. */
	appended(): void;
	/** Send now. */
	flush(): void;
	/** The page is being hidden: what is sent now may outlive it. */
	hidden(): void;
	/** The page is visible again, or the network is back. */
	resumed(): void;
	/** Sends nothing more; resolves when nothing is in flight. */
	stop(): Promise<void>;
}
