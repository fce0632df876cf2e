/** What a declaration file declares, without comments and in order of names. It reads what `tsc` writes, and no other. */

const DEPRECATED = "@deprecated";

/** One text for each declaration, sorted by name; overloads stay in their order. */
export function declarationsOf(text) {
	const found = [];
	for (const line of withoutComments(text).split("\n")) {
		// A declaration begins at the margin; what goes on is indented, or closes.
		if (/^[a-z@]/.test(line) && found.at(-1) !== DEPRECATED) found.push(line);
		else if (line.trim() !== "") found.push(`${found.pop()}\n${line}`);
	}
	return found
		.filter((declaration) => declaration !== "export {};" && !isOwnImport(declaration))
		.sort((one, other) => compare(nameOf(one), nameOf(other)));
}

/** Of its neighbours, which have reports of their own; what it needs of others is part of the contract. */
const isOwnImport = (declaration) => /^import\b[^"]*"\.{1,2}\//.test(declaration);

/** That something is deprecated is part of the contract; why, is not. */
const withoutComments = (text) =>
	text.replaceAll(
		/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/.*$/gm,
		(piece) => {
			if (!piece.startsWith("/")) return piece;
			return /\*\s*@deprecated\b/.test(piece) ? DEPRECATED : "";
		},
	);

const nameOf = (declaration) =>
	/\b(?:const|let|var|function|class|interface|type|enum|namespace|module) ([\w$]+|"[^"]+")/.exec(
		declaration,
	)?.[1] ?? declaration;

const compare = (one, other) => (one < other ? -1 : one > other ? 1 : 0);
