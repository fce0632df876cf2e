import type { PageModule, ToolkitModule } from "../module.js";

/** By URL when it runs, so that a bundler leaves the glue beside its module. */
const beside = (name: string) => {
	const here = import.meta.url;
	return new URL(`./wasm/${name}`, here);
};

async function load<Module extends { initSync(source: { module: BufferSource }): unknown }>(name: string) {
	// By a name that no bundler sees: `ripen/node` stays outside of bundles.
	const files = "node:fs/promises";
	const [module, { readFile }] = (await Promise.all([
		import(/* @vite-ignore */ /* webpackIgnore: true */ beside(`${name}.js`).href),
		import(/* @vite-ignore */ /* webpackIgnore: true */ files),
	])) as [Module, { readFile(file: URL): Promise<BufferSource> }];
	module.initSync({ module: await readFile(beside(`${name}_bg.wasm`)) });
	return module;
}

let page: Promise<PageModule & { initSync(source: { module: BufferSource }): unknown }> | undefined;
let toolkit: Promise<ToolkitModule> | undefined;

/** The module that pages run. */
export const pageModule = (): Promise<PageModule> => {
	page ??= load("ripen");
	return page;
};

/** What compiles: larger, and loaded only for a playbook's document. */
export const toolkitModule = (): Promise<ToolkitModule> => {
	toolkit ??= load("toolkit");
	return toolkit;
};
