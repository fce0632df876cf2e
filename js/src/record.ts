import type { Face } from "./keeper.js";
import type { Properties } from "./types.js";

/** For what Ripen itself records; `messageId` as in a draft. */
export function record({ take }: Face, event: string, properties: Properties, messageId?: string): void {
	take({ type: "track", own: true, event, body: JSON.stringify(properties), messageId });
}
