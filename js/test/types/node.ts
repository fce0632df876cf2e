// What may be written with `ripen/node`, and what may not.
import type { Message, View } from "ripen";
import { type Engine, openEngine } from "ripen/node";

export async function intended(events: readonly Message[]): Promise<Engine> {
	await openEngine('{"signals":{}}');
	await openEngine(new Uint8Array());
	const engine = await openEngine({ signals: {} });
	const view: View | undefined = engine.view({ person: "ada", events, at: Date.now() });
	engine.view({ person: view?.person ?? "grace", snapshot: "", at: 0 });
	return engine;
}

export function forbidden(engine: Engine): void {
	// @ts-expect-error it has no clock
	engine.view({ person: "ada" });
	// @ts-expect-error time is a number
	engine.view({ person: "ada", at: new Date() });
	// @ts-expect-error an event has an id and a time
	engine.view({ person: "ada", at: 0, events: [{ event: "opened" }] });
}
