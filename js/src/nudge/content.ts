import type { Json, Properties } from "../types.js";

/** What is said, in one language. */
export interface Copy {
	/** Language of the texts (BCP 47). */
	locale: string;
	/** A text, or "" if there is none by that name. */
	text(name: string): string;
	/** The text of a thing that has an id, else the id. */
	label(group: string, id: string): string;
}

const isObject = (value: Json | undefined): value is Properties =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** The content in this language; else in the language without its region; else in English; else in the first there is. */
export function copyFor(content: Properties | undefined, locale: string): Copy {
	const all = content ?? {};
	const candidates = [locale, locale.split("-")[0] ?? "", "en", ...Object.keys(all)];
	const found = candidates.find((name) => Object.hasOwn(all, name) && isObject(all[name])) ?? "";
	const texts = (found && (all[found] as Properties)) || {};
	const stringOf = (value: Json | undefined) => (typeof value === "string" ? value : "");
	return {
		locale: found,
		text: (name) => stringOf(texts[name]),
		label(group, id) {
			const labels = texts[group];
			return (isObject(labels) && Object.hasOwn(labels, id) && stringOf(labels[id])) || id;
		},
	};
}
