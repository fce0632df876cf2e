/** A day in the user's own time zone, as `<input type="date">` has it: `2026-03-09`. */
export type Day = string;

export function dayOf(milliseconds: number): Day {
	const date = new Date(milliseconds);
	const two = (part: number) => String(part).padStart(2, "0");
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Whole days from `a` to `b`, whatever summer time does between them. */
export function daysBetween(a: Day, b: Day): number {
	return Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);
}

/** The same day, `days` later. */
export function addDays(day: Day, days: number): Day {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}

const short = new Intl.DateTimeFormat("en-GB", {
	weekday: "short",
	day: "numeric",
	month: "short",
	timeZone: "UTC",
});
const long = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });

/** `Fri 13 Mar`. */
export function shortDay(day: Day): string {
	return short.format(Date.parse(day)).replace(",", "");
}

/** `13 March 2026`. */
export function longDate(milliseconds: number): string {
	return long.format(milliseconds);
}

/** A due date as one says it: `Today`, `Tomorrow`, `3 days late`, `Fri 13 Mar`. */
export function dueInWords(due: Day, today: Day): string {
	const days = daysBetween(today, due);
	if (days === 0) return "Today";
	if (days === 1) return "Tomorrow";
	if (days === -1) return "1 day late";
	if (days < 0) return `${-days} days late`;
	return shortDay(due);
}

/** How pressing it is, as a class name. */
export function urgency(due: Day, today: Day): "late" | "soon" | "later" {
	const days = daysBetween(today, due);
	if (days < 0) return "late";
	return days <= 1 ? "soon" : "later";
}
