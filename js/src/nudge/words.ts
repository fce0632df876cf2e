import type { Json, Nudge, View } from "../types.js";
import { own } from "./own.js";
import { richOf, textOf } from "./pieces.js";
import { say } from "./placeholder.js";

/** What is said, text by text in the nearest language that has it. */
export interface Words {
	/** The nearest language in which the nudge is written (BCP 47); "" if there is none. */
	locale: string;
	/** A text without its markup; "" if there is none by that name. */
	text(...path: string[]): string;
	/** A text with its markup; empty if there is none. */
	rich(...path: string[]): Node[];
	/** The text of a thing that has an id, else the id. */
	label(group: string, ...path: string[]): string;
	/** What is no text. */
	get(name: string): Json | undefined;
}

/** `pt-BR`, then `pt`. */
function wider(locale: string): string[] {
	const parts = locale.split(/[-_]/);
	return parts.map((_, dropped) => parts.slice(0, parts.length - dropped).join("-"));
}

/** The languages of the content, the nearest first: the reader's, those that the playbook falls back on, then as written. */
function chainOf({ content, languages }: Pick<Nudge, "content" | "languages">, locale: string): string[] {
	const written = Object.keys(content ?? {});
	const fallback = Array.isArray(languages) ? languages : ["en"];
	const wanted = [...wider(locale), ...fallback].map((name) => String(name).toLowerCase());
	const found = wanted.flatMap((name) => written.find((other) => other.toLowerCase() === name) ?? []);
	return [...new Set([...found, ...written])];
}

const isWritten = (value: Json | undefined) => typeof value === "string" || Array.isArray(value);

/** The words of a nudge, for a reader of this language of whom so much is known. */
export function wordsOf(
	nudge: Pick<Nudge, "content" | "languages">,
	locale: string,
	view: () => View | undefined,
): Words {
	const chain = chainOf(nudge, locale);
	const at = (language: string, path: string[]) => path.reduce(own, own(nudge.content, language));
	const find = (path: string[]) => {
		const language = chain.find((language) => isWritten(at(language, path)));
		return {
			value: language === undefined ? "" : at(language, path),
			said: (placeholder: Json) => say(placeholder, view(), language),
		};
	};
	const wording: Words = {
		locale: chain[0] ?? "",
		text(...path) {
			const { value, said } = find(path);
			return textOf(value, said);
		},
		rich(...path) {
			const { value, said } = find(path);
			return richOf(value, said);
		},
		label: (...path) => wording.text(...path) || (path.at(-1) ?? ""),
		get: (name) =>
			chain.map((language) => own(own(nudge.content, language), name)).find((value) => value !== undefined),
	};
	return wording;
}
