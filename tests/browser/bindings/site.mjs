// A page of a framework with Ripen as it is shipped: js/dist, and one bundle of the page's own script beside it.
import { cpSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { compile } from "svelte/compiler";
import { inChromium } from "../browser.mjs";
import { outputFolder } from "../output.mjs";

const dist = fileURLToPath(new URL("../../../js/dist/", import.meta.url));
const here = fileURLToPath(new URL(".", import.meta.url));

/** Imports of the package lead to what is built: bindings into the bundle, Ripen itself to where the page has it. */
const ours = {
	name: "ripen",
	setup({ onResolve }) {
		onResolve({ filter: /^ripen$/ }, () => ({ path: "/index.js", external: true }));
		onResolve({ filter: /^ripen\// }, ({ path }) => ({ path: join(dist, `${path.slice(6)}.js`) }));
	},
};

/** Other versions of the frameworks than the workspace's, which the matrix tries: of a page's script as of all it imports. */
const frameworks = process.env.RIPEN_FRAMEWORKS;
const elsewhere = {
	name: "frameworks",
	setup({ onResolve, resolve }) {
		if (!frameworks) return;
		onResolve({ filter: /^(react|react-dom|vue)(\/|$)/ }, ({ path, kind, pluginData, resolveDir }) => {
			if (pluginData === frameworks || resolveDir.includes("node_modules")) return;
			return resolve(path, { kind, resolveDir: frameworks, pluginData: frameworks });
		});
	},
};

/** Components of Svelte, for a page or for a server. */
const svelte = (generate) => ({
	name: "svelte",
	setup({ onLoad }) {
		onLoad({ filter: /\.svelte$/ }, async ({ path }) => {
			const options = { filename: path, generate, dev: generate === "client" };
			return { contents: compile(await readFile(path, "utf8"), options).js.code, loader: "js" };
		});
	},
});

/** Bundles one of this folder's files. */
export const bundle = (name, options) =>
	build({
		entryPoints: [join(here, name)],
		bundle: true,
		format: "esm",
		jsx: "automatic",
		plugins: [ours, svelte(options.external ? "server" : "client"), ...(options.external ? [] : [elsewhere])],
		conditions: options.external ? undefined : ["browser", "development"],
		define: {
			"process.env.NODE_ENV": '"development"',
			__VUE_OPTIONS_API__: "false",
			__VUE_PROD_DEVTOOLS__: "false",
			__VUE_PROD_HYDRATION_MISMATCH_DETAILS__: "true",
		},
		logLevel: "warning",
		...options,
	});

/** The same for Node, as a module: what a server renders. */
export async function onServer(name) {
	const outfile = join(outputFolder(name), "server.mjs");
	await bundle(name, { outfile, platform: "node", external: ["react", "react-dom", "vue", "svelte"] });
	return import(outfile);
}

/** As `inChromium`; `at.app` opens the page, in which `main` has this in it already. */
export async function inFramework(name) {
	const folder = outputFolder(name);
	cpSync(dist, folder, { recursive: true });
	await bundle(name, { outfile: join(folder, "app.js") });
	const at = inChromium({ dist: folder });
	at.app = async (app = {}, html = "") => {
		const page = `<!doctype html><html lang="en"><title>App</title><body><main>${html}</main>
<script type="module" src="/app.js"></script></body></html>`;
		writeFileSync(join(folder, "app.html"), page);
		at.collector.playbook = undefined;
		const tab = await at.context.newPage();
		const url = new URL("/app.html", at.origin);
		url.searchParams.set("app", JSON.stringify(app));
		await tab.goto(url.href);
		await tab.waitForFunction(() => window.ripen);
		return tab;
	};
	return at;
}

/** One ladder, one number, one nudge that the host draws. */
export const playbook = {
	policy: { holdout: 0, help_first: false },
	signals: { tasks: { count: "task_created" }, projects: { count: "project_created" } },
	ladders: {
		journey: { rungs: [{ id: "new" }, { id: "set_up", when: { "signals.tasks": { $gte: 2 } } }] },
	},
	nudges: {
		hint: {
			purpose: "help",
			on: { event: "task_created" },
			placement: { kind: "headless" },
			content: { en: { title: "A hint", body: "One **task** first." } },
		},
	},
};

/** As a server knows somebody, by `ripen/node`. */
export const known = (person, stage, tasks) => ({
	person,
	at: 0,
	revision: "0",
	traits: { user: {}, account: {} },
	signals: { tasks },
	segments: [],
	scores: {},
	bands: {},
	stages: { journey: stage },
	moments: [],
	state: "pending",
});
