/**
 * `ripen/vite`: the playbook as a part of the application. `import playbook from "./playbook.json?ripen"` compiles it; its
 * types are written at each change; its mistakes are Vite's, with their place, and the dev server stays up.
 */
import { existsSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import type { Plugin, ResolvedConfig, ViteDevServer } from "vite";
import { compiled, type Mistake, read, writeTypes } from "./vite/written.js";

export interface RipenOptions {
	/** The playbook whose types are written. Default: `playbook.json`, where there is one. */
	playbook?: string;
	/** Where its types are written to; `false`: nowhere. Default: `ripen.d.ts`. */
	types?: string | false;
	/** A file of events that no signal hears, as for `ripen types --events`. Default: none. */
	events?: string;
}

/** What an import of a playbook ends in. */
const query = /\?ripen$/;
/** What makes a module's id of a file's path. It ends as a script does: Vite 7 reads whatever ends in `.json`, or has a query after it, as JSON. */
const moduleId = /^\0ripen:(.+)\.js$/;
/** Of a path from Vite's root: it is outside. On Windows it may be on another drive. */
const isBeside = (path: string) => path.startsWith("..") || isAbsolute(path);

export default function ripen({ playbook, types = "ripen.d.ts", events }: RipenOptions = {}): Plugin {
	let config: ResolvedConfig;
	let server: ViteDevServer | undefined;
	/** What the overlay shows, also to pages that come later. */
	let shown: Mistake | undefined;
	const at = (path: string) => resolve(config.root, path);
	const own = () => {
		const file = at(playbook ?? "playbook.json");
		return playbook !== undefined || existsSync(file) ? file : undefined;
	};
	const overlay = () => {
		if (shown) server?.ws.send({ type: "error", err: { ...shown, stack: "", plugin: "ripen" } });
	};
	/** Checks the playbook and writes its types. Gives the first mistake. */
	async function update(warn: (warning: Mistake) => void): Promise<Mistake | undefined> {
		const file = own();
		if (!file) return;
		try {
			const { text, mistakes, warnings } = await read(file);
			warnings.forEach(warn);
			if (mistakes[0]) return mistakes[0];
			if (types !== false) await writeTypes(file, text, at(types), events && at(events));
		} catch (error) {
			// The file, or that of further events, cannot be read.
			const { message } = error as Error;
			return { message, id: file, loc: { file, line: 1, column: 1 }, frame: "" };
		}
	}
	const log = (of: Mistake) => `${of.loc.file}:${of.loc.line}:${of.loc.column}: ${of.message}\n${of.frame}`;

	return {
		name: "ripen",
		config: () => ({
			// Before they are bundled for dev, its parts find each other and the WebAssembly beside them (C25).
			optimizeDeps: { exclude: ["ripen"] },
		}),
		configResolved(resolved) {
			config = resolved;
		},
		async buildStart() {
			const found = await update((warning) => config.logger.warn(log(warning)));
			if (found && !server) this.error(found);
			if (found) config.logger.error(log(found));
			shown = found;
		},
		configureServer(started) {
			server = started;
			// By their names: they may be made later, or be put in another's place.
			const watched = [playbook ?? "playbook.json", ...(events ? [events] : [])].map(at);
			const look = async () => {
				const before = shown;
				shown = await update((warning) => config.logger.warn(log(warning)));
				if (shown) config.logger.error(log(shown));
				overlay();
				// Nothing but that takes an overlay away.
				if (before && !shown) server?.ws.send({ type: "full-reload" });
			};
			const { watcher } = server;
			// Vite watches its root: what is not there yet must not be asked for by its name, or its neighbours go unseen.
			const beside = (path: string) => isBeside(relative(config.root, path));
			watcher.add(watched.filter(beside));
			// One after the other, so that what is written last is of what was read last.
			let turn = Promise.resolve();
			for (const what of ["add", "change", "unlink"])
				watcher.on(what, (path: string) => {
					if (!watched.includes(resolve(path))) return;
					turn = turn.then(look);
					// It may come back.
					if (what === "unlink" && beside(path)) watcher.add(path);
				});
			server.ws.on("connection", overlay);
		},
		resolveId: {
			order: "pre",
			filter: { id: query },
			async handler(source, importer) {
				if (!query.test(source)) return;
				const found = await this.resolve(source.replace(query, ""), importer, { skipSelf: true });
				return found && `\0ripen:${found.id}.js`;
			},
		},
		load: {
			filter: { id: moduleId },
			async handler(id) {
				const [, file] = moduleId.exec(id) ?? [];
				if (!file) return;
				this.addWatchFile(file);
				const { text, mistakes } = await read(file);
				if (mistakes[0]) this.error(mistakes[0]);
				const bytes = await compiled(text);
				// A file of its own costs a page that has one published nothing. Dev servers have no such files, nor has what
				// runs on a server, which is built beside what pages load.
				if (config.command === "build" && this.environment.config.consumer === "client") {
					const name = file.replace(/^.*[\\/]/, "").replace(/\.json$/, ".ripen");
					const reference = this.emitFile({ type: "asset", name, source: bytes });
					return `export default import.meta.ROLLUP_FILE_URL_${reference};`;
				}
				const text64 = Buffer.from(bytes).toString("base64");
				return `export default Uint8Array.from(atob(${JSON.stringify(text64)}), (c) => c.charCodeAt(0));`;
			},
		},
	};
}
