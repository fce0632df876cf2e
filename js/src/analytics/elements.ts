/** `trackLink` and `trackForm`: nothing has to wait here, since an event outlives the page that it was tracked on (C08). */
import type { Properties } from "../types.js";

/** An element, several, or what jQuery found. */
export type Elements = Element | ArrayLike<Element> | null | undefined;
type Told<T> = T | ((element: Element) => T);

const list = (elements: Elements): Element[] => {
	if (!elements) return [];
	return elements instanceof Element ? [elements] : Array.from(elements);
};
const of = <T>(told: Told<T>, element: Element): T =>
	typeof told === "function" ? (told as (element: Element) => T)(element) : told;

/** Calls `track` when `what` happens to one of them. */
export function follow(
	what: "click" | "submit",
	elements: Elements,
	event: Told<string>,
	properties: Told<Properties | undefined>,
	track: (event: string, properties: Properties | undefined) => unknown,
) {
	for (const element of list(elements))
		element.addEventListener(what, () => void track(of(event, element), of(properties, element)));
}
