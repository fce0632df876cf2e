import { createElement, type ReactElement, type ReactNode, useMemo, useRef } from "react";
import type { Bindable } from "../bound/client.js";
import type { Options, View } from "../types.js";
import { Bonds, bondOf, useBeforePaint, useBond } from "./bond.js";

export interface RipenProviderProps {
	/** `import * as ripen from "ripen"`, or what `ripen/testing` has made. */
	client: Bindable;
	/** For `init`, which is called once, when the provider is mounted. Without: you call it. */
	options?: Options | undefined;
	/**
	 * How a server saw the person when it rendered, by `ripen/node`. The first frame in the browser is the same, and what
	 * the client says takes its place once. Another person's is another.
	 */
	initialView?: View | undefined;
	children?: ReactNode;
}

/**
 * Gives Ripen to the hooks below it, and starts it if it has `options`. What components track before that waits for it, in
 * order (C23); mounted twice, as under StrictMode, it is started once (C22).
 */
export function RipenProvider({ client, options, initialView, children }: RipenProviderProps): ReactElement {
	const given = useRef(options);
	useBeforePaint(() => {
		given.current = options;
	});
	const person = initialView?.person;
	// The same person's view is taken as it was at first: a host may make the object anew with each rendering.
	const bond = useMemo(() => bondOf(client, initialView, () => given.current), [client, person]);
	useBeforePaint(() => {
		if (given.current) client.init(given.current);
		bond.view.look();
		bond.started.tell();
	}, [client, bond]);
	return createElement(Bonds.Provider, { value: bond }, children);
}

/** The client that the provider was given: `useRipen().track("project_created")`. */
export function useRipen(): Bindable {
	return useBond("useRipen").client;
}
