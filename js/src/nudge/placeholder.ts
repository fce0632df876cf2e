import type { Json, View } from "../types.js";
import { own } from "./own.js";

/** What is known at a path of the view; traits stand there under `user` and `account`. */
function valueAt(view: View | undefined, path: string): Json | undefined {
	const whole = { ...view, ...view?.traits } as unknown as Json;
	return path.split(".").reduce(own, whole);
}

/** What stands in the place of a placeholder, in this language; its default where that is not known, or is none of its kind. */
export function say(placeholder: Json, view: View | undefined, locale: string | undefined): string {
	const [of, or, as] = ["of", "or", "as"].map((name) => String(own(placeholder, name) ?? ""));
	const value = valueAt(view, of as string);
	try {
		const isKnown = typeof value === "number" || (typeof value === "string" && value.trim());
		if (!isKnown) return or as string;
		if (as === "date") {
			// A date without a time is that day everywhere.
			const timeZone = /^\d{4}-\d\d-\d\d$/.test(`${value}`) ? "UTC" : undefined;
			return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone }).format(
				new Date(value as string),
			);
		}
		if (!as) return `${value}`;
		const count = Number(value);
		if (Number.isNaN(count)) return or as string;
		const number = new Intl.NumberFormat(locale).format(count);
		if (as !== "plural") return number;
		const forms = own(placeholder, "forms");
		const form = own(forms, new Intl.PluralRules(locale).select(count)) ?? own(forms, "other") ?? "#";
		return String(form).replaceAll("#", () => number);
	} catch {
		// No date, or no language.
		return or as string;
	}
}
