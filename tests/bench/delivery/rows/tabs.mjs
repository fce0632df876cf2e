/** Several tabs of one site, at once. */
const tabs = (count, each) => ({
	id: `${count}-tabs`,
	title: `${count} tabs of ${each.toLocaleString("en")} events each, at once`,
	heavy: count > 2,
	patience: { idle: 20_000, most: 120_000 },
	async run(visitor) {
		const pages = [];
		for (let n = 0; n < count; n++) pages.push(await visitor.open());
		for (const page of pages) await visitor.idle(page);
		await Promise.all(pages.map((page) => visitor.track(page, each)));
	},
});

export default [tabs(2, 500), tabs(8, 1_000)];
