/**
 * The notice of what of others is inside the package: the crates in its WebAssembly modules, and the npm packages in its
 * scripts, each with the text of its licence, as most licences ask.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { at } from "../places.mjs";
import { cratesInside, packagesInside } from "./inside.mjs";

/** What rewrites the notice. */
export const command = "npm run licences -- --write";

/** Of licences that are offered to choose from, the first of these; its text is told by its file's name, or by its words. */
const CHOICE = [
	{ id: "MIT", file: /MIT/i, words: /Permission is hereby granted, free of charge/ },
	{ id: "Zlib", file: /ZLIB/i, words: /This software is provided ['"]as-is['"]/ },
	{ id: "BSL-1.0", file: /BOOST|BSL/i, words: /Boost Software License/ },
	{ id: "BSD-3-Clause", file: /BSD/i, words: /Redistributions in binary form/ },
	{ id: "ISC", file: /ISC/i, words: /Permission to use, copy, modify, and(\/or)? distribute/ },
	{ id: "Apache-2.0", file: /APACHE/i, words: /Apache License/ },
	{ id: "Unicode-3.0", file: /UNICODE/i, words: /UNICODE LICENSE V3/ },
];

/** The licences of an expression that are chosen, with their texts: `[{ id, text }]`. */
export function chosen({ name, license, folder }) {
	if (!license) throw new Error(`${name} names no licence`);
	const parts = license.replaceAll("/", " OR ").split(/\s+AND\s+/);
	return parts.map((part) => {
		const offered = part
			.replaceAll(/[()]/g, " ")
			.trim()
			.split(/\s+OR\s+/);
		const choice = CHOICE.find(({ id }) => offered.includes(id));
		if (!choice)
			throw new Error(`${name} is under ${license}: may it be in the package? xtask/release/licences.mjs`);
		return { id: choice.id, text: textOf(choice, folder, name) };
	});
}

function textOf({ id, file, words }, folder, name) {
	const texts = readdirSync(folder)
		.filter((each) => /^(licen[cs]e|copying|notice)/i.test(each))
		.sort((one, other) => Number(file.test(other)) - Number(file.test(one)))
		.map((each) => join(folder, each))
		.filter((path) => words.test(readFileSync(path, "utf8")));
	if (texts.length === 0) throw new Error(`${name} has no text of ${id} in ${folder.split("/").at(-1)}`);
	return readFileSync(texts[0], "utf8").replaceAll("\r\n", "\n").trim();
}

/** What THIRD-PARTY.md has to be, where `files` are packed. */
export async function noticeOf(files) {
	const rust = /^channel = "(.*)"$/m.exec(readFileSync(at("rust-toolchain.toml"), "utf8"))[1];
	return notice([...(await cratesInside()), ...packagesInside(files)], rust);
}

/** `rust` is the version of the toolchain. */
export function notice(inside, rust) {
	const sorted = [...inside].sort((one, other) => (one.name < other.name ? -1 : 1));
	const texts = new Map();
	for (const each of sorted)
		for (const { id, text } of chosen(each)) {
			const title = `${each.name} ${each.version}`;
			const known = texts.get(text) ?? { id, owners: [] };
			texts.set(text, { id, owners: [...known.owners, title] });
		}
	const row = ({ name, version, license, parts }) =>
		`| ${name} | ${version} | ${license} | ${parts.join(", ")} |`;
	return [
		"# What of others is inside",
		`Written by \`${command}\`, from what is compiled into the package; checked by \`npm test\`. Ripen's own licences are in LICENSE-MIT and LICENSE-APACHE. Of licences that are offered to choose from, the text of one is below.`,
		`| name | version | licence | inside |\n|---|---|---|---|\n${sorted.map(row).join("\n")}`,
		`Both modules have of Rust's standard library, ${rust}, what they use: MIT OR Apache-2.0 (LICENSE-APACHE is the text of that), © The Rust Project contributors (https://github.com/rust-lang/rust/blob/${rust}/COPYRIGHT).`,
		...[...texts].map(
			([text, { id, owners }]) => `## ${id}: ${owners.join(", ")}\n\n\`\`\`text\n${text}\n\`\`\``,
		),
	]
		.join("\n\n")
		.concat("\n");
}
