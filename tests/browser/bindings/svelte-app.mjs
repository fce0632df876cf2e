// What a server renders.
import { stores } from "ripen/svelte";
import { render } from "svelte/server";
import Journey from "./Journey.svelte";

export function served(client, initialView) {
	const { stage, nudge } = stores(client, { writeKey: "wk" }, { initialView, hydrate: true });
	return render(Journey, { props: { journey: stage("journey"), nudge, seen: [] } }).body;
}
