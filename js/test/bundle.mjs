// One source file of the face as a module that Node can import, so that its unit tests run what is shipped.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));

export async function load(name) {
	const { outputFiles } = await build({
		entryPoints: [join(here, "../src", name)],
		bundle: true,
		format: "esm",
		write: false,
		outdir: "/",
		external: ["./wasm/*", "./engine.js"],
		define: { RIPEN_VERSION: '"test"' },
	});
	return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString("base64")}`);
}

/** A clock that moves only when told. */
export function handClock(start = Date.parse("2026-01-05T10:00:00Z")) {
	const waiting = new Set();
	let now = start;
	return {
		now: () => now,
		wakeAt(time, wake) {
			const entry = { time, wake };
			waiting.add(entry);
			return () => waiting.delete(entry);
		},
		/** Moves on, waking on the way; a negative step sets the clock back. */
		move(ms) {
			const end = now + ms;
			for (;;) {
				const [next] = [...waiting].filter(({ time }) => time <= end).sort((a, b) => a.time - b.time);
				if (!next) break;
				waiting.delete(next);
				now = Math.max(now, next.time);
				next.wake();
			}
			now = end;
		},
		get pending() {
			return [...waiting].map(({ time }) => time - now);
		},
	};
}

/** localStorage as far as the face uses it. */
export function memoryStorage() {
	const all = new Map();
	return {
		all,
		get: (name) => all.get(name),
		set: (name, value) => (value === undefined ? all.delete(name) : all.set(name, value)),
	};
}
