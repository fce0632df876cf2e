/** What was called before anything was there: the queue of the snippet, `window.analytics = [["track", …], …]`. */

/** A call as the snippet writes it down: the method, and its arguments. */
export type Queued = [method: string, ...args: unknown[]];

/** The page at the time of a call, as the newer snippets add it. */
interface PageThen {
	__t: "bpc";
	/** Path, title, referrer. */
	p: string;
	t: string;
	r: string;
}

const isPageThen = (value: unknown): value is PageThen => (value as PageThen | undefined)?.__t === "bpc";

/** The arguments that the host gave; a page view is of the page as it was then. */
export function asCalled([method, ...args]: Queued): Queued {
	const then = args.at(-1);
	if (!isPageThen(then)) return [method, ...args];
	const given = args.slice(0, -1);
	if (method !== "page") return [method, ...given];
	const { p: path, t: title, r } = then;
	const page = { path, title, ...(r ? { referrer: r } : {}) };
	const end = given.map((each) => typeof each).lastIndexOf("string");
	const place = given.findIndex((each, at) => typeof each === "object" && (each || (at > end && end >= 0)));
	if (place >= 0) given[place] = { ...page, ...(given[place] as object) };
	else given.splice(given.filter((each) => typeof each === "string").length, 0, page);
	return [method, ...given];
}

/** The calls of a queue, oldest first. */
export const queuedIn = (queue: unknown): Queued[] =>
	Array.isArray(queue) ? queue.filter((each) => Array.isArray(each) && typeof each[0] === "string") : [];
