/** What the files of the package weighed when that was recorded, as at each release, and what has become of it. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "../places.mjs";

const path = at("xtask/release/sizes.json");

/** `{ day, version, bytes }`, or nothing where nothing has been recorded. */
export const recorded = () => (existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : undefined);

/** Makes `rows` (`{ name, size }`) what the next ones are compared with. */
export function write(rows) {
	const { version } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
	const bytes = Object.fromEntries([...byName(rows)].sort(([one], [other]) => (one < other ? -1 : 1)));
	const day = new Date().toISOString().slice(0, 10);
	writeFileSync(path, `${JSON.stringify({ day, version, bytes }, null, "\t")}\n`);
}

/** A table of what differs from `last`, largest growth first. */
export function since(last, rows) {
	if (!last) return "no sizes are recorded (--record does it)";
	const now = byName(rows);
	const changes = [...new Set([...now.keys(), ...Object.keys(last.bytes)])]
		.map((name) => ({ name, by: (now.get(name) ?? 0) - (last.bytes[name] ?? 0) }))
		.filter(({ by }) => by !== 0)
		.sort((one, other) => other.by - one.by);
	const note = (name) => (name in last.bytes ? (now.has(name) ? "" : "  gone") : "  new");
	const total = changes.reduce((sum, { by }) => sum + by, 0);
	const line = (name, by, rest = "") => `${name.padEnd(34)} ${signed(by).padStart(7)}${rest}`;
	return [
		line(`since ${last.day} (${last.version})`, total),
		...changes.map(({ name, by }) => line(`  ${name}`, by, note(name))),
	].join("\n");
}

const signed = (bytes) => (bytes > 0 ? `+${bytes}` : `${bytes}`);

/** By what a chunk is, whatever its content hashes to; those without a name of their own together. */
function byName(rows) {
	const sums = new Map();
	for (const { name, size } of rows) {
		const stem = name.replace(/-[A-Z0-9]{8}(?=\.js$)/, "");
		sums.set(stem, (sums.get(stem) ?? 0) + size);
	}
	return sums;
}
