/** What the browser or the machine does to a page. */
import { pause } from "../patience.mjs";

const killed = (id, title, ms) => ({
	id,
	title,
	async run(visitor) {
		const page = await visitor.openIdle();
		await visitor.track(page, 50);
		await pause(ms);
		await visitor.kill(page);
	},
});

export default [
	killed("killed", "50 events, then the renderer is killed at once", 0),
	killed("killed-1s", "50 events, and after 1 s the renderer is killed", 1_000),
	{
		id: "full",
		title: "No storage left (localStorage full, quota of databases 1 byte): 100 events on a page that stays",
		async run(visitor) {
			await visitor.fillStorage();
			await visitor.track(await visitor.openIdle(), 100);
		},
	},
	{
		id: "full-leave",
		title: "No storage left: 50 events, left in the same task",
		async run(visitor) {
			await visitor.fillStorage();
			await visitor.trackAndLeave(await visitor.openIdle(), 50);
		},
	},
];
