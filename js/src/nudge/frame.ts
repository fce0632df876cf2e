import type { Warn } from "../core.js";
import type { ActionContext, Clock, Json, Mode, Nudge, Properties, View } from "../types.js";
import type { Words } from "./words.js";

/** What a nudge has to do with besides what it says. */
export interface Page {
	clock: Clock;
	warn: Warn;
	/** The language of the reader (BCP 47). */
	locale: string;
	view(): View | undefined;
	/** Calls `seen` whenever the view has changed, or something was decided, until `over`. */
	watch(seen: () => void, over: AbortSignal): void;
	track(event: string, properties: Properties): void;
	/** Sets traits of the person. */
	apply(traits: Properties): void;
	/** What leaves the browser of what is not submitted. */
	mode: Mode;
	/** Resolves when all that was taken is durable, and sent if that can be, to how much still waits to be sent. */
	flush(): Promise<{ waiting: number }>;
	/** What the host does by this name, if it does. */
	action(name: Json | undefined): ((context: ActionContext) => unknown) | undefined;
	/** Whether pictures of this address may be loaded. */
	mayLoad(url: URL): boolean;
}

/** What every placement needs. */
export interface Frame {
	nudge: Nudge;
	wording: Words;
	page: Page;
	root: ShadowRoot;
	/** Aborts when it goes. */
	over: AbortSignal;
	/** Where it points at, or stands in. */
	anchor?: HTMLElement | undefined;
	/** What became of it; once, however often it is called. Then it goes. */
	end(outcome: "dismissed" | "snoozed" | "acted", properties?: Properties): void;
	/** The same without going, where something is still to be said. */
	settle(outcome: "dismissed" | "snoozed" | "acted", properties?: Properties): void;
	/** Somebody closes it: dismissed. */
	close(): void;
	/** It goes, and nobody has answered it. */
	leave(): void;
	/** The same, since it can do no more. */
	fail(error: unknown): void;
	/** Watches whether what is drawn is in the window: what nobody sees is not shown, and time that nobody sees does not pass. */
	sight: IntersectionObserver;
	/** Whether any of it is. Where that changes, the root tells by an event `sight`. */
	isSeen: boolean;
	/** The actions that are under way, by id. */
	busy: Set<string>;
	/** Says something politely, once, to who does not see it. */
	say(text: string): void;
	/** Goes on, or back, in a tour. */
	goBy?(by: 1 | -1): void;
}

/** Draws it, until `over`. */
export type Placement = (frame: Frame) => void;
