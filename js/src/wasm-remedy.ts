const serve =
	"Have `ripen_bg.wasm` of the package's `dist/wasm` served, and say where by `init({ wasm })`; or import `ripen/inline`.";

/** What to do where the engine does not come, by what became of it; browsers have different words, each of which is here. */
const remedies: [RegExp, string][] = [
	// Vite before version 8 moves scripts, and leaves the file where it was. Its server answers with the page.
	[
		/\/\.vite\/.* answers \d/,
		'Vite moved the script, not the file: configure `optimizeDeps: { exclude: ["ripen"] }`, or use Vite 8.',
	],
	[/ answers \d/, serve],
	// Of `new URL(…, import.meta.url)`: a script that is no module has no address.
	[/^TypeError.*URL/, `The bundler has left no address of the file. ${serve}`],
	[/^TypeError/, "The file cannot be fetched: is its origin in the policy's `connect-src`?"],
	[/unsafe-eval|CSP|Content.Security/i, "A Content-Security-Policy needs `'wasm-unsafe-eval'`."],
];

export const remedyOf = (error: string) => remedies.find(([pattern]) => pattern.test(error))?.[1] ?? "";
