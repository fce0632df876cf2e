import type { Face } from "./keeper.js";
import { keepState, stateOf } from "./state.js";
import type { Options } from "./types.js";

/** A compiled playbook to try, and where it is from; what is `published` has just been fetched from the collector. */
type Candidate = [bytes: Uint8Array, from: Options["playbook"]];

const fetched = async ({ soundAnswer }: Face, url: string | URL, cache: RequestCache) => {
	const answer = fetch(url, { cache, credentials: "omit" }).catch((error) => {
		// The browser does not say of what.
		throw `${url}: ${error}`;
	});
	const response = soundAnswer(await answer);
	return new Uint8Array(await response.arrayBuffer());
};

/**
 * What the collector has published last, stored for the next page load; undefined if there is none to be had. One that is
 * not of the format of what is `running`, their second byte, would leave that with nothing.
 */
export async function refreshPublished(face: Face, running?: Uint8Array): Promise<Uint8Array | undefined> {
	const { settings, journal, mayStore, warn } = face;
	if (settings.published === false || !mayStore()) return;
	try {
		// `no-cache` lets the browser's own cache ask with If-None-Match: a header of ours would need a CORS preflight.
		const bytes = await fetched(
			face,
			`${settings.host}/v1/playbook/${encodeURIComponent(settings.writeKey)}`,
			"no-cache",
		);
		if (running && running[1] !== bytes[1]) return void warn("playbook_unreadable", "published");
		const stored = await stateOf<Uint8Array>(journal, "playbook");
		if (stored?.length !== bytes.length || bytes.some((byte, at) => byte !== stored[at]))
			await keepState(journal, "playbook", bytes);
		return bytes;
	} catch {
		// Offline, or nothing is published: neither is a mistake.
	}
}

/** What the test audience is to get: whoever opened a page by the link of a draft, in this browser, where the host allows that. */
async function drafted({ local, mayStore, settings }: Face): Promise<Uint8Array | undefined> {
	if (!settings.drafts || !mayStore()) return;
	const given = new URLSearchParams(location.search).get("ripen_draft");
	// An empty one ends it.
	if (given !== null) local.set("draft", given || undefined);
	const pass = local.get("draft");
	if (!pass) return;
	try {
		const query = new URLSearchParams({ draft: pass });
		const url = `${settings.host}/v1/playbook/${encodeURIComponent(settings.writeKey)}?${query}`;
		const response = await fetch(url, { cache: "no-cache", credentials: "omit" });
		if (response.ok) return new Uint8Array(await response.arrayBuffer());
		// It is over.
		if (response.status === 404) local.set("draft", undefined);
	} catch {
		// Offline: what is published is better than nothing.
	}
}

/** Compiles a playbook's document, by a module that only such pages load. */
const compiled = async (document: string, face: Face): Promise<Uint8Array> =>
	(await import("./toolkit.js")).compile(document, face);

/** What came with the application. */
async function bundled(face: Face): Promise<Uint8Array | undefined> {
	const { playbook } = face.settings;
	try {
		if (playbook instanceof Uint8Array) return playbook;
		if (typeof playbook === "string" || playbook instanceof URL) {
			const url = new URL(playbook, document.baseURI);
			const bytes = await fetched(face, url, "default");
			return url.pathname.endsWith(".json") ? await compiled(new TextDecoder().decode(bytes), face) : bytes;
		}
		if (playbook) return await compiled(JSON.stringify(playbook), face);
	} catch (error) {
		// The compiler's names line, column and path.
		face.warn("playbook_failed", error);
	}
}

/** The playbooks to try, best first. */
export async function* playbooks(face: Face): AsyncGenerator<Candidate> {
	const draft = await drafted(face);
	if (draft) yield [draft, "draft"];
	const stored = await stateOf<Uint8Array>(face.journal, "playbook");
	if (stored) yield [stored, "stored"];
	const given = await bundled(face);
	if (given) yield [given, face.settings.playbook];
	const bytes = await refreshPublished(face);
	if (bytes) yield [bytes, "published"];
}
