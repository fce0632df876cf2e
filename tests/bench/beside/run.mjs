// All SDKs by turns, round by round, in one Chromium.
import { chromium } from "playwright-core";
import { alone, bundle } from "../delivery/bundle.mjs";
import { args, files, sdks, userAgentOf, versionOf, wireOf } from "../delivery/sdks.mjs";
import { showOne } from "./showing/trial.mjs";
import { openSite } from "./site.mjs";
import { tryFloor, tryOut, tryStream } from "./trial.mjs";

export { sdks };
/** What shows something at once when it is told to; ours decides first. */
export const showers = ["ripen", "driver", "shepherd"];
export const floors = ["push", "stringify", "indexeddb", "beacon"];
const packages = { driver: "driver.js", shepherd: "shepherd.js" };

const of = async (names, work) =>
	Object.fromEntries(await Promise.all(names.map(async (name) => [name, await work(name)])));

/** What the page loads, by path. */
async function scripts(chosen) {
	const made = [
		...chosen.map(async (sdk) => [`sdk/${sdk}.js`, await bundle(sdk, alone(`./peers/${sdk}/page.mjs`))]),
		...showers.map(async (name) => [
			`show/${name}.js`,
			await bundle(name, alone(`../beside/showing/${name}.mjs`)),
		]),
	];
	return Object.fromEntries(await Promise.all(made));
}

/** `told` gets each trial as it ends. */
export async function measure({ only, rounds, sizes, playbook, executablePath, patience, told }) {
	const chosen = sdks.filter((sdk) => only.length === 0 || only.includes(sdk));
	const wires = await of(chosen, wireOf);
	const ours = await wireOf("ripen");
	const site = await openSite(await scripts(chosen), playbook);
	const browser = await chromium.launch({ executablePath, args });
	const none = (names) => of(names, () => []);
	const measured = {
		trials: await none(chosen),
		floors: await none(floors),
		shows: await none(showers),
		streams: {},
	};
	try {
		const userAgent = userAgentOf(browser);
		const around = { browser, site, files, userAgent, patience, sizes };
		for (let round = 0; round < rounds; round++) {
			const take = async (kind, name, work) => {
				const trial = await work();
				measured[kind][name].push(trial);
				told({ round, kind, name, trial });
			};
			for (const sdk of chosen) await take("trials", sdk, () => tryOut(sdk, wires[sdk], around));
			for (const name of floors) await take("floors", name, () => tryFloor(name, around));
			for (const name of showers) await take("shows", name, () => showOne(name, ours, around));
		}
		for (const sdk of sizes.stream > 0 ? chosen : []) {
			const stream = await tryStream(sdk, wires[sdk], around);
			measured.streams[sdk] = stream;
			told({ round: 0, name: sdk, trial: { stream } });
		}
		const versions = await of([...chosen, ...showers], (name) =>
			versionOf(packages[name] ?? wires[name]?.packageName),
		);
		const titles = { ripen: ours.title, ...(await of(chosen, (sdk) => wires[sdk].title)), ...packages };
		return { ...measured, sdks: chosen, versions, titles, browser: browser.version() };
	} finally {
		await browser.close();
		site.close();
	}
}
