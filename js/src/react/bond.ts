import { createContext, useContext, useEffect, useLayoutEffect } from "react";
import type { Bindable } from "../bound/client.js";
import { type Due, watchNudge } from "../bound/nudge.js";
import { openTold, type Told } from "../bound/told.js";
import { type WatchedView, watchView } from "../bound/view.js";
import type { Options, View } from "../types.js";

/** What the provider has for the hooks below it. */
export interface Bond {
	client: Bindable;
	view: WatchedView;
	nudge: Due;
	/** Told when the client has been started: before the first paint, and before React subscribes to anything. */
	started: Told;
}

export const Bonds = createContext<Bond | undefined>(undefined);

/** Touches nothing: rendering may be thrown away, and is done twice under StrictMode. */
export function bondOf(
	client: Bindable,
	initial: View | undefined,
	options: () => Options | undefined,
): Bond {
	return {
		client,
		view: watchView(client, initial),
		nudge: watchNudge(client, options),
		started: openTold(() => () => {}),
	};
}

export function useBond(hook: string): Bond {
	const bond = useContext(Bonds);
	if (!bond) throw new Error(`${hook} needs a <RipenProvider> around it`);
	return bond;
}

/** Before the browser paints; on a server React 18 warns of it, and there is nothing to do. */
export const useBeforePaint = typeof document === "object" ? useLayoutEffect : useEffect;
