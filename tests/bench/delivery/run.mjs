/** All chosen rows with all chosen SDKs, in one Chromium; several at a time, since most of it is waiting. */
import { chromium } from "playwright-core";
import { bundle } from "./bundle.mjs";
import { rows } from "./rows/index.mjs";
import { args, files, sdks, userAgentOf, versionOf, wireOf } from "./sdks.mjs";
import { openSite } from "./site.mjs";
import { tryOut } from "./trial.mjs";

export { rows, sdks };

const atOnce = 5;

/** `told` gets each result as it comes. */
export async function measure({ only, row, playbook, executablePath, factor, told }) {
	const chosenRows = rows.filter(({ id }) => row.length === 0 || row.includes(id));
	const chosen = sdks.filter((sdk) => only.length === 0 || only.includes(sdk));
	const each = async (work) =>
		Object.fromEntries(await Promise.all(chosen.map(async (sdk) => [sdk, await work(sdk)])));
	const wires = await each(wireOf);
	const site = await openSite(await each(bundle), playbook);
	const browser = await chromium.launch({
		executablePath,
		args,
		// A browser has this cache; playwright-core turns it off unless told otherwise.
		ignoreDefaultArgs: ["--disable-back-forward-cache"],
	});
	try {
		const userAgent = userAgentOf(browser);
		const jobs = chosenRows.flatMap((row) => chosen.map((sdk) => ({ row, sdk })));
		const results = new Map();
		const work = async ({ row, sdk }) => {
			const result = await tryOut(row, sdk, { browser, site, wires, files, userAgent, factor });
			results.set(`${row.id} ${sdk}`, result);
			told({ row, sdk, result });
		};
		await inTurns(
			jobs.filter(({ row }) => !row.heavy),
			atOnce,
			work,
		);
		// These keep the machine busy.
		await inTurns(
			jobs.filter(({ row }) => row.heavy),
			2,
			work,
		);
		const versions = await each((sdk) => versionOf(wires[sdk].packageName));
		const titles = await each((sdk) => wires[sdk].title);
		return { rows: chosenRows, sdks: chosen, results, versions, titles, browser: browser.version() };
	} finally {
		await browser.close();
		site.close();
	}
}

async function inTurns(jobs, atOnce, work) {
	const left = [...jobs];
	const worker = async () => {
		for (let job = left.shift(); job; job = left.shift()) await work(job);
	};
	await Promise.all(Array.from({ length: atOnce }, worker));
}
