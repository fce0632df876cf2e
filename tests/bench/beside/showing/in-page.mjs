// What runs in the page beside what shows: when it is painted.
import { nextTask } from "../next-task.mjs";

const frame = () => new Promise(requestAnimationFrame);

/** Resolves when what is in the page now has been painted. */
async function painted() {
	await frame();
	await frame();
	await nextTask();
}

let shower;
/** In the page, and with something to be seen in it. */
const there = () => {
	const found = document.querySelector(shower.element);
	return found && (found.shadowRoot ? found.shadowRoot.querySelector(".card") : found);
};

export const showing = {
	async startShowing(name, endpoint) {
		shower = await import(`/show/${name}.js`);
		shower.start(endpoint);
	},
	isReadyToShow: () => shower.isReady(),
	/** Milliseconds from the call to the frame in which it is. */
	async show() {
		const begin = performance.now();
		shower.show();
		while (!there()) await frame();
		await painted();
		return performance.now() - begin;
	},
	async hide() {
		shower.hide();
		while (there()) await frame();
		await painted();
	},
};
