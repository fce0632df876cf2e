/** The API report: what the package declares, a page for each declaration file, so that who reviews a change sees it. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { build } from "esbuild";
import { builtName } from "../../js/entries.mjs";
import { filesBelow } from "../inputs.mjs";
import { declarationsOf } from "./declarations.mjs";

/** What rewrites the report. */
export const command = "npm run api -- --write";

/**
 * Name of the page → its text, of what is built in `dist`. `entries` are as in js/entries.mjs, `texts` is the source of
 * what warnings say.
 */
export async function reportsOf(dist, entries, texts) {
	const specifiers = new Map(entries.map((entry) => [builtName(entry), `ripen${entry.name.slice(1)}`]));
	const running = await exportsOf(dist, [...specifiers.keys()]);
	const names = new Set([...specifiers.keys()].map((name) => `${name}.d.ts`));
	const pages = new Map([["warnings.api.md", warnings(texts)]]);
	for (const name of names) {
		const text = readFileSync(join(dist, name), "utf8");
		for (const [, path] of text.matchAll(/(?:from|import\()\s*"(\.{1,2}\/[^"]+)\.js"/g))
			names.add(`${posix.join(posix.dirname(name), path)}.d.ts`);
		const stem = name.replace(/\.d\.ts$/, "");
		const entry = specifiers.has(stem)
			? { name: specifiers.get(stem), running: running.get(stem) }
			: undefined;
		pages.set(`${stem}.api.md`, page(name, entry, declarationsOf(text)));
	}
	return pages;
}

const origin = `Written by \`${command}\`; \`npm test\` compares it with what is in the package.`;

/** Programs go by the codes of warnings, which no type tells. */
function warnings(texts) {
	const codes = [...readFileSync(texts, "utf8").matchAll(/^\t([a-z_]+):/gm)].map(
		([, code]) => `- \`${code}\``,
	);
	return `# Codes of warnings\n\n${origin}\n\n${codes.sort().join("\n")}\n`;
}

function page(name, entry, declarations) {
	const title = entry ? `\`${entry.name}\`: ${name}` : name;
	const running = entry?.running.map((each) => `\`${each}\``).join(", ") || "nothing";
	return [
		`# ${title}`,
		origin,
		...(entry ? [`When it runs it has ${running}.`] : []),
		`\`\`\`ts\n${declarations.join("\n") || "// nothing"}\n\`\`\`\n`,
	].join("\n\n");
}

/** What the built entries export when they run, as a bundler sees it. */
async function exportsOf(dist, names) {
	const { metafile } = await build({
		entryPoints: names.map((name) => join(dist, `${name}.js`)),
		absWorkingDir: dist,
		bundle: true,
		packages: "external",
		external: ["./wasm/*"],
		platform: "node",
		format: "esm",
		outdir: "unused",
		write: false,
		metafile: true,
		logLevel: "silent",
	});
	return new Map(
		names.map((name) => {
			const { exports } = Object.values(metafile.outputs).find(
				({ entryPoint }) => entryPoint === `${name}.js`,
			);
			return [name, [...exports].sort()];
		}),
	);
}

/** Where the pages in `folder` are not these: the first lines that differ, and what rewrites them. */
export function apiProblems(pages, folder) {
	const written = new Map(
		filesBelow(folder).map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
	);
	const changed = [...pages]
		.filter(([name, text]) => written.get(name) !== text)
		.map(([name, text]) => `js/api/${name}: ${difference(written.get(name) ?? "", text)}`);
	const gone = [...written.keys()]
		.filter((name) => !pages.has(name))
		.map((name) => `js/api/${name}: nothing of this name is declared any more`);
	const all = [...changed, ...gone];
	return all.length ? [...all, `where that is meant, and docs/releasing.md allows it: ${command}`] : [];
}

/** The lines that one has more often than the other. */
function difference(before, after) {
	const [old, now] = [before, after].map((text) => text.split("\n"));
	const lines = [
		...more(old, now).map((line) => `- ${line.trim()}`),
		...more(now, old).map((line) => `+ ${line.trim()}`),
	];
	return `the API has changed\n${lines.slice(0, 20).join("\n") || "its order"}`;
}

function more(lines, others) {
	const left = [...others];
	return lines.filter((line) => {
		const at = left.indexOf(line);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
}

/** Puts the pages into `folder`, and takes away those that are none any more. */
export function writeReports(pages, folder) {
	for (const path of existsSync(folder) ? filesBelow(folder) : [])
		if (!pages.has(path.slice(folder.length + 1))) rmSync(path);
	for (const [name, text] of pages) {
		mkdirSync(dirname(join(folder, name)), { recursive: true });
		writeFileSync(join(folder, name), text);
	}
}
