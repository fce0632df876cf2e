import { type App, hasInjectionContext, type InjectionKey, inject } from "vue";
import type { Bindable } from "../bound/client.js";
import { type Due, watchNudge } from "../bound/nudge.js";
import { type WatchedView, watchView } from "../bound/view.js";
import type { Options, View } from "../types.js";
import { RipenSlot } from "./slot.js";

/** What the plugin has for the composables. */
interface Bond {
	client: Bindable;
	view: WatchedView;
	nudge: Due;
}

const key: InjectionKey<Bond> = Symbol("ripen");

export interface RipenPlugin {
	install(app: App): void;
}

/**
 * The plugin: `app.use(ripen(client, options))`. It starts Ripen if it has `options`, gives it to the composables and
 * makes `<RipenSlot>` known. `initialView` is how a server saw the person when it rendered, by `ripen/node`: the first
 * frame in the browser is the same, and what the client says takes its place once.
 */
export function ripen(
	client: Bindable,
	options?: Options,
	{ initialView }: { initialView?: View | undefined } = {},
): RipenPlugin {
	return {
		install(app) {
			app.provide(key, {
				client,
				view: watchView(client, initialView),
				nudge: watchNudge(client, () => options),
			});
			app.component("RipenSlot", RipenSlot);
			if (options) client.init(options);
		},
	};
}

export function useBond(composable: string): Bond {
	const bond = hasInjectionContext() ? inject(key, undefined) : undefined;
	if (!bond) throw new Error(`${composable} needs app.use(ripen(client)), and to be called in a setup`);
	return bond;
}

/** The client that the plugin was given: `useRipen().track("project_created")`. */
export function useRipen(): Bindable {
	return useBond("useRipen").client;
}
