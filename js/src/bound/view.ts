import type { Health, View } from "../types.js";
import type { Bindable } from "./client.js";
import { same } from "./same.js";
import { openTold } from "./told.js";

/** A value that frameworks look at: the same one until it has changed, and then somebody is told. */
export interface Watched<Value> {
	now(): Value | undefined;
	/** Calls `told` after each change. Returns what ends it. */
	watch(told: () => void): () => void;
}

export interface WatchedView extends Watched<View> {
	/** What a server has rendered with, and so what the first frame in the browser is rendered with. */
	readonly initial: View | undefined;
	/** Looks anew: something has happened that no event tells of, such as `init`. */
	look(): void;
}

/**
 * The view of the person. `served`, what a server has rendered with, stands until the client has an answer of its own, so
 * that there is one change and no flicker (C24); or until the engine stops, as it does when the person signs out.
 */
export function watchView(client: Bindable, served?: View): WatchedView {
	const initial: View | undefined = served && { ...served, state: "pending" };
	let known: View | undefined;
	/** The client has an answer, or `initial` is not about whoever is here any more. */
	let answered = !initial;
	/** What the health said: where it says another, the view may be gone, and no change tells of that. */
	let before: Pick<Health, "engine" | "consent"> | undefined;

	const take = (view: View | undefined) => {
		if (view?.state === "current") answered = true;
		const next = answered ? view : initial;
		// Each call of the client gives a new object.
		if (same(next, known)) return false;
		known = next;
		return true;
	};
	const look = () => {
		if (take(client.view())) told.tell();
	};
	const told = openTold(() => {
		const ends = [
			client.on("change", (view) => {
				if (take(view)) told.tell();
			}),
			client.on("health", ({ engine, consent }) => {
				if (engine === before?.engine && consent === before.consent) return;
				if (before?.engine === "ready" || consent === "denied") answered = true;
				before = { engine, consent };
				look();
			}),
		];
		take(client.view());
		return () => {
			before = undefined;
			for (const end of ends) end();
		};
	});
	return {
		initial,
		look,
		watch: told.add,
		now() {
			if (!told.any) take(client.view());
			return known;
		},
	};
}
