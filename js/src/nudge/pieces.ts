import type { Json } from "../types.js";
import { element } from "./element.js";
import { listOf, own } from "./own.js";
import { linkTo, safeUrl } from "./safe-url.js";

type Say = (placeholder: Json) => string;

const marks = ["strong", "em", "code"] as const;

/** The text of what the compiler has made of markup and placeholders: a string, or a list of pieces. */
export function textOf(value: Json | undefined, say: Say): string {
	if (typeof value === "string") return value;
	return listOf(value)
		.map((piece) => {
			if (typeof piece === "string") return piece;
			if (own(piece, "of")) return say(piece);
			if (own(piece, "br")) return "\n";
			const items = listOf(own(piece, "ul")).map((item) => `\n- ${textOf(item, say)}`);
			const inner = [...marks, "a"].map((name) => textOf(own(piece, name), say));
			return [...items, ...inner].join("");
		})
		.join("");
}

/** The same as nodes, each made by name: there is no HTML in it, and a link leads where an action may (C40). */
export function richOf(value: Json | undefined, say: Say): Node[] {
	if (typeof value === "string") return value ? [new Text(value)] : [];
	return listOf(value).flatMap((piece): Node[] => {
		if (typeof piece === "string") return [new Text(piece)];
		if (own(piece, "of")) return [new Text(say(piece))];
		if (own(piece, "br")) return [element("br")];
		const items = own(piece, "ul");
		if (items)
			return [element("ul", {}, ...listOf(items).map((item) => element("li", {}, ...richOf(item, say))))];
		const mark = marks.find((name) => own(piece, name));
		if (mark) return [element(mark, {}, ...richOf(own(piece, mark), say))];
		const text = richOf(own(piece, "a"), say);
		const url = safeUrl(own(piece, "href"));
		return url ? [element("a", linkTo(url), ...text)] : text;
	});
}
