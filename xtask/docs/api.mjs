/** docs/api.md: what each entry of the package has, from its declarations and their comments. */
import { builtName } from "../../js/entries.mjs";
import { membersOf } from "./declarations.mjs";
import { reader } from "./exports.mjs";

const preamble = `# API

<!-- Written by \`npm run docs\` from the comments in js/src: change those. -->

Every name that the package exports, by entry. [The types of your own playbook](types.md) make a misspelt name a mistake. No call throws, whatever it is given: what is dropped is counted in \`health()\` and warned of ([troubleshooting](troubleshooting.md)). On a server each does nothing. Calls before \`init\` wait for it (up to 1,000), in order and with the time at which they were made.
`;

/** The page, of what is built in `dist`. `entries` are as in js/entries.mjs. */
export function apiPage(dist, entries) {
	const read = reader(dist);
	const page = {
		read,
		headings: new Map(),
		taken: new Map(["api", ...entries.map(nameOf)].map((each) => [anchorOf(each), each])),
	};
	const parts = entries.map((entry) => {
		const { exports, introduction } = read(`${builtName(entry)}.d.ts`);
		const all = [...exports.values()];
		const own = all.filter((declaration) => !page.headings.has(declaration));
		const calls = own.filter(isCall);
		const types = own.filter((each) => !isCall(each) && !isShort(each));
		const short = withInner(own.filter(isShort), read);
		for (const each of [...calls, ...types]) page.headings.set(each, heading(each.name, entry, page));
		// They share one heading.
		const names = short.length > 0 ? heading("Names of types", entry, page) : undefined;
		for (const each of short) page.headings.set(each, names);
		return {
			entry,
			introduction,
			calls,
			types,
			short,
			names,
			handed: all.filter((each) => !own.includes(each)),
		};
	});
	const contents = parts.map(
		({ entry, calls }) =>
			`- ${linked(nameOf(entry))}${calls.length > 0 ? `: ${calls.map((each) => linked(page.headings.get(each), each.name)).join(", ")}` : ""}`,
	);
	return [preamble, ...contents, "", ...parts.map((part) => section(part, page))].join("\n");
}

const nameOf = ({ name }) => `ripen${name.slice(1)}`;
const isCall = ({ kind, text }) => kind === "function" || (kind === "const" && text.includes("=>"));
const isShort = ({ kind, text }) => kind === "type" && !text.includes("\n") && text.length < 200;
/** As GitHub names a heading. */
const anchorOf = (text) =>
	text
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N} _-]/gu, "")
		.replaceAll(" ", "-");
const linked = (heading, text = heading) => `[\`${text}\`](#${anchorOf(heading)})`;

/** A heading that no other has, whatever its capitals: `view` is a call, `View` a type. */
function heading(name, entry, { taken }) {
	const other = taken.get(anchorOf(name));
	const own = other && (other === name ? `${name} of ${nameOf(entry)}` : `${name}, the type`);
	const found = own ?? name;
	if (taken.has(anchorOf(found)))
		throw new Error(`docs/api.md has ${found} already: give it another heading`);
	taken.set(anchorOf(found), found);
	return found;
}

/** The declarations that a text names, as its file understands them. */
const namedBy = ({ text, file, name }, read) => {
	const code = signature(text);
	return [...read(file).scope.values()].filter(
		(other) => other.name !== name && new RegExp(`(?<![.\\w"'])${other.name}\\b`).test(code),
	);
};

/** These, and what they rest on that nobody can import. */
function withInner(declarations, read) {
	const all = new Set(declarations);
	for (const each of all)
		for (const other of namedBy(each, read)) if (!other.isExported && other.kind === "type") all.add(other);
	return [...all];
}

function section({ entry, introduction, calls, types, short, names, handed }, page) {
	const also = handed
		.filter((each) => page.headings.has(each))
		.map((each) => linked(page.headings.get(each), each.name));
	const rest =
		entry.kind === "alone" ? `It also exports ${also.join(", ")}.` : "All else is as in [`ripen`](#ripen).";
	return [
		`## ${nameOf(entry)}`,
		prose(introduction),
		...examples(introduction),
		also.length > 0 ? rest : "",
		...[...calls, ...types].map((each) => piece(each, page)),
		names && `### ${names}\n\n| name | what it is | |\n|---|---|---|\n${short.map(shortRow).join("\n")}`,
		"",
	]
		.filter((each, at, all) => each || at === all.length - 1)
		.join("\n\n");
}

/** Ids of complaints say something to us only; a page that the comment names is beside this one. */
const prose = (doc) =>
	doc?.text
		.replaceAll(/ \(C\d\d\)/g, "")
		.replaceAll(/\bdocs\/([\w/-]+)\.md(#[\w-]+)?/g, (_, name, part = "") => `[${name}](${name}.md${part})`);
const examples = (doc) => (doc?.examples ?? []).map((example) => `\`\`\`js\n${example}\n\`\`\``);

/** A declaration as who imports it reads it. */
const signature = (text) =>
	text
		.replaceAll(/^(?:export )?(?:declare )?/gm, "")
		.replaceAll(/import\("[^"]*"\)\./g, "")
		.replaceAll(/ *\/\*\*[\s\S]*?\*\/\n/g, "")
		.replaceAll("    ", "\t");

function piece(declaration, { read, headings }) {
	const { doc, kind, text } = declaration;
	const seen = namedBy(declaration, read);
	const inner = seen.filter(({ isExported, kind }) => !isExported && kind === "type");
	const links = seen
		.filter((each) => headings.has(each))
		.map((each) => linked(headings.get(each), each.name));
	const members = kind === "interface" ? membersOf(text) : [];
	const [, parents] = /^[^{]*? extends ([^{]+) \{/.exec(text.split("\n")[0]) ?? [];
	return [
		`### ${headings.get(declaration)}`,
		prose(doc),
		kind === "interface" && parents ? `All of \`${parents}\`, and:` : "",
		members.length > 0
			? `| member | type | |\n|---|---|---|\n${members.map(row).join("\n")}`
			: `\`\`\`typescript\n${[...inner, declaration].map((each) => signature(each.text)).join("\n")}\n\`\`\``,
		...examples(doc),
		links.length > 0 ? `Types: ${[...new Set(links)].join(", ")}.` : "",
	]
		.filter(Boolean)
		.join("\n\n");
}

const cell = (text = "") => text.replaceAll("|", "\\|").replaceAll("\n", " ");
const row = ({ name, type, doc }) =>
	`| \`${cell(name)}\` | \`${cell(signature(type))}\` | ${cell(prose(doc))} |`;
const shortRow = ({ text, doc }) => {
	const [, name, is] = /type ([\w<> ,]+?) = (.*);$/.exec(text.replaceAll(/\n\s*/g, " "));
	// A code span ends at a backtick unless it begins with more of them.
	const code = is.includes("`") ? `\`\` ${cell(is)} \`\`` : `\`${cell(is)}\``;
	return `| \`${name}\` | ${code} | ${cell(prose(doc))} |`;
};
