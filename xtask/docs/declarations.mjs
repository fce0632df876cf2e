/**
 * What a declaration file declares, each with its doc comment. It reads what `tsc` writes, and no other: a declaration
 * begins at the margin, what goes on is indented or closes, and what a comment is about follows it.
 */

/** [{ name, kind, isExported, doc, text }] in the order of the file; overloads are one, each signature a line of it. */
export function declarationsOf(source) {
	const found = [];
	for (const { doc, text } of chunksOf(source)) {
		const [, exported, kind, name] =
			/^(export )?(?:default )?(?:declare )?(function|const|interface|type|class|module) ([\w$]+|"[^"]+")/.exec(
				text,
			) ?? [];
		if (!name || kind === "module") continue;
		const last = found.at(-1);
		if (kind === "function" && last?.name === name) last.text += `\n${text}`;
		else found.push({ name, kind, isExported: Boolean(exported), doc, text });
	}
	return found;
}

/** What a file hands on of its neighbours: `[{ path, names }]`, without `names` all. */
export function handedOn(source) {
	return [...source.matchAll(/^export (?:type )?(\*|\{[^}]*\}) from "(\.[^"]+)\.js";/gm)].map(
		([, what, path]) => ({
			path,
			names:
				what === "*"
					? undefined
					: what
							.slice(1, -1)
							.split(",")
							.map((name) => name.trim().replace(/^type /, "")),
		}),
	);
}

/** What the file says of itself: its first comment, where that stands before imports and not before a declaration. */
export function introductionOf(source) {
	const [, comment] = /^(\/\*\*[\s\S]*?\*\/)\n(?:import|export (?:type )?[{*])/.exec(source) ?? [];
	return comment ? commentOf(comment) : undefined;
}

/** The members of an interface: [{ name, type, doc }], the name with its `?` and, of a method, its parameters. */
export function membersOf(text) {
	const body = text.slice(text.indexOf("{") + 1, text.lastIndexOf("}"));
	return chunksOf(body.replaceAll(/^ {4}/gm, "")).map(({ doc, text }) => ({
		...memberOf(text.replace(/^readonly /, "").replace(/;$/, "")),
		doc,
	}));
}

function memberOf(text) {
	const [name] = /^[\w$]+\??(?:<[^(]*>)?/.exec(text) ?? [text];
	const rest = text.slice(name.length);
	if (rest.startsWith(":")) return { name, type: flat(rest.slice(1)) };
	return { name, type: flat(rest) };
}

/** On one line. */
const flat = (text) => text.replaceAll(/\s*\n\s*/g, " ").trim();

/** Comments and what follows each, of text whose own lines begin at the margin. */
function chunksOf(source) {
	const chunks = [];
	let doc;
	let isOpen = false;
	const comment = /^\/\*\*[\s\S]*?\*\/$/;
	for (const piece of source.split(/^(\/\*\*[\s\S]*?\*\/)$/gm)) {
		if (comment.test(piece)) {
			doc = commentOf(piece);
			isOpen = false;
			continue;
		}
		for (const line of piece.split("\n")) {
			if (line === "") continue;
			if (isOpen && /^[\s})\]&|]/.test(line)) {
				chunks.at(-1).text += `\n${line}`;
				continue;
			}
			chunks.push({ doc, text: line });
			doc = undefined;
			isOpen = true;
		}
	}
	return chunks;
}

/** The text of a comment, and its examples. */
function commentOf(comment) {
	const [text, ...examples] = comment
		.slice(3, -2)
		.replaceAll(/^[ \t]*\* ?/gm, "")
		.trim()
		.split(/\n?@example\n/);
	// Lines of prose are broken for the source; a paragraph or a list is not.
	return {
		text: text.replaceAll(/(?<!\n)\n(?![\n-])/g, " ").trim(),
		examples: examples.map((each) => each.trim()),
	};
}
