/** What the playbooks of a page speak of, by kind; read by the toolkit's module, which only pages in development load for it. */
import type { ToolkitModule, Vocabulary } from "../module.js";
import type { Options } from "../types.js";
import { compilable } from "../wasm-source.js";

export interface Names {
	events: Set<string>;
	triggers: Set<string>;
	actions: Set<string>;
	slots: Set<string>;
	/** The known name that somebody may have meant. */
	near(name: string, among: Set<string>): string | undefined;
}

/** All playbooks that the page may have: the one that came with it, and the published one. */
async function* vocabularies(
	{ playbook, host = "", writeKey, published }: Options,
	toolkit: ToolkitModule,
): AsyncGenerator<string> {
	const read = async (url: string | URL) => {
		const response = await fetch(url, { cache: "no-cache", credentials: "omit" });
		return response.ok && !/html/.test(`${response.headers.get("content-type")}`) ? response : undefined;
	};
	if (playbook instanceof Uint8Array) yield toolkit.vocabularyOfCompiled(playbook);
	else if (typeof playbook === "string" || playbook instanceof URL) {
		const url = new URL(playbook, document.baseURI);
		const found = await read(url);
		if (found && url.pathname.endsWith(".json")) yield toolkit.vocabulary(await found.text());
		else if (found) yield toolkit.vocabularyOfCompiled(new Uint8Array(await found.arrayBuffer()));
	} else if (playbook) yield toolkit.vocabulary(JSON.stringify(playbook));
	if (published === false) return;
	const found = await read(`${host.replace(/\/$/, "")}/v1/playbook/${encodeURIComponent(writeKey)}`).catch(
		() => undefined,
	);
	if (found) yield toolkit.vocabularyOfCompiled(new Uint8Array(await found.arrayBuffer()));
}

/** Undefined where there is no playbook to know names by. */
export async function namesOf(options: Options): Promise<Names | undefined> {
	const toolkit = (await import("./wasm/toolkit.js" as string)) as ToolkitModule;
	await toolkit.default({ module_or_path: await compilable("toolkit", options as never) });
	const names: Names = {
		events: new Set(),
		triggers: new Set(),
		actions: new Set(),
		slots: new Set(),
		near: (name, among) => toolkit.nearest(name, [...among].join("\n")),
	};
	let some = false;
	for await (const text of vocabularies(options, toolkit)) {
		const { events, triggers, actions, slots } = JSON.parse(text) as Vocabulary;
		for (const { name } of events) names.events.add(name);
		for (const name of triggers) names.triggers.add(name);
		for (const name of actions) names.actions.add(name);
		for (const name of slots) names.slots.add(name);
		some = true;
	}
	return some ? names : undefined;
}
