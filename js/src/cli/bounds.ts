/** How much what is remembered of somebody can take at most, for people. */
import type { WriteStream } from "node:tty";
import type { Bound, Bounds } from "../module.js";
import { paint } from "./output.js";

/** The largest parts matter; `--json` has all. */
const MOST = 5;

const bytes = (number: number): string => `${number.toLocaleString("en")} bytes`;

/** What to plan by, and which signals it is due to. */
export function describeBounds({ person, account }: Bounds, stream: WriteStream): string {
	const ofPerson = `A person's state takes ${bytes(person.bytes)} at most, however long they stay; traits and ids come on top, as long as you send them.`;
	const ofAccount = account && `An account's, which the collector keeps, ${bytes(account.bytes)} at most.`;
	return table(ofPerson, person, stream) + (account ? table(ofAccount ?? "", account, stream) : "");
}

function table(title: string, { parts }: Bound, stream: WriteStream): string {
	const shown = parts.slice(0, MOST);
	const width = Math.max(...shown.map(({ part }) => part.length));
	const rows = shown.map(
		({ part, bytes, what }) =>
			`${bytes.toLocaleString("en").padStart(11)}  ${part.padEnd(width)}  ${paint(what, "dim", stream)}`,
	);
	const rest = parts.slice(MOST);
	const sum = rest.reduce((sum, { bytes }) => sum + bytes, 0);
	if (rest.length > 0) rows.push(`${sum.toLocaleString("en").padStart(11)}  ${rest.length} more`);
	return `${title}\n${rows.join("\n")}\n`;
}
