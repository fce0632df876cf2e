/** Figures in documents: what stands between `<!-- NAME -->` and `<!-- /NAME -->` is what a command has measured. */

import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./places.mjs";
import { Stop } from "./step.mjs";

/** Puts them into a page. */
export function writeFigures(page, name, text) {
	const file = at(page);
	const before = readFileSync(file, "utf8");
	const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
	const [from, to] = [before.indexOf(begin), before.indexOf(end)];
	if (from < 0 || to < from)
		throw new Stop(`${page} has no ${begin}…${end}`, "put the markers where the figures are to stand");
	writeFileSync(file, `${before.slice(0, from + begin.length)}\n${text}\n${before.slice(to)}`);
	console.log(`\nwritten to ${page}`);
}
