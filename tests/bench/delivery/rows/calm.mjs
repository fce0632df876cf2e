/** Nothing goes wrong: that all adapters are right, and what a limit of the SDK's own gives up. */
export default [
	{
		id: "calm",
		title: "50 events on a page that stays",
		async run(visitor) {
			await visitor.track(await visitor.openIdle(), 50);
		},
	},
	{
		id: "burst",
		title: "1,000 events in one turn, on a page that stays",
		// Some send so many in small batches, with pauses.
		patience: { idle: 12_000, most: 120_000 },
		async run(visitor) {
			await visitor.track(await visitor.openIdle(), 1_000);
		},
	},
];
