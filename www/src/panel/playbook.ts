import document from "../../playbook.json";
import type { Condition } from "./condition";

export interface Rung {
	id: string;
	when?: Condition;
	keep?: boolean;
}

/**
 * The order in which the playbook has things. The view says what holds now; what else there would be is known from the
 * document only. Where the collector has published a newer one, what is new shows up below the rest.
 */
export const signalNames: string[] = Object.keys(document.signals);
export const segmentNames: string[] = Object.keys(document.segments);
export const momentNames: string[] = Object.keys(document.moments);
export const ladders: [string, Rung[]][] = Object.entries(
	document.ladders as unknown as Record<string, { rungs: Rung[] }>,
).map(([name, { rungs }]) => [name, rungs]);
export const signalForms: Record<string, object> = document.signals;

/** The names of the document, then those that only the view has. */
export function withOthers(known: string[], present: string[]): string[] {
	return [...known, ...present.filter((name) => !known.includes(name))];
}
