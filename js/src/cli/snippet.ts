/** `ripen snippet --src URL --write-key KEY` */
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { posix } from "node:path";
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { toStdout } from "./output.js";

/** What a page may load of the package begins with this. */
const first = "global.js";
const wasm = "wasm/ripen_bg.wasm";
const imports = /(?:from|import\(?)\s*"(\.{1,2}\/[^"]+\.js)"/g;

const beside = (name: string) => new URL(name, import.meta.url);
const integrityOf = (bytes: Uint8Array) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
/** As an attribute's value. */
const quoted = (text: string) =>
	`"${text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;")}"`;
/** As a part of a script within the page. */
const literal = (value: unknown) => JSON.stringify(value).replace(/</g, "\\u003c");

/** The files that a page may load, from `first` on, each with its hash. */
async function hashes(): Promise<Map<string, string>> {
	const found = new Map<string, string>();
	const waiting = [first];
	for (const name of waiting) {
		if (found.has(name)) continue;
		const bytes = await readFile(beside(name));
		found.set(name, integrityOf(bytes));
		for (const [, path = ""] of bytes.toString("utf8").matchAll(imports))
			waiting.push(posix.join(posix.dirname(name), path));
	}
	return found;
}

export const snippet: Command = {
	summary: "the script of a page without a bundler, with the hashes of all that it loads",
	help: `Usage: ripen snippet --src URL --write-key KEY [options]

Prints what belongs into the head of a page: a stub that keeps what is called before Ripen is there, an import map with
the hash of each file (Subresource Integrity), and the script itself, which blocks nothing. Serve the package's folder
"dist" at the URL, best from your own origin.

Options
  --src URL        where the folder is: https://example.com/ripen/0.1.0/ or /ripen/
  --write-key KEY  names you at the collector
  --host URL       where the collector is (default: the page's own origin)
  --playbook URL   the compiled playbook that comes with the page
  --nonce TEXT     the nonce of a Content-Security-Policy, or what your server puts it in place of

Exit codes: 0 printed; 2 an option is missing or wrong, or the package lacks a file.
`,
	options: {
		src: { type: "string" },
		"write-key": { type: "string" },
		host: { type: "string" },
		playbook: { type: "string" },
		nonce: { type: "string" },
	},
	async run({ values, files }) {
		if (files.length) throw new Failure(`no file is read: "${files[0]}" (see ripen snippet --help)`);
		const {
			src,
			"write-key": writeKey,
			host,
			playbook,
			nonce,
		} = values as Record<string, string | undefined>;
		if (!src || !writeKey) throw new Failure("--src and --write-key are needed (see ripen snippet --help)");
		if (!/^(https?:\/\/|\/)/.test(src))
			throw new Failure(`--src is an address or begins with "/", not "${src}"`);
		if (host && !/^(https?:\/\/|\/)/.test(host))
			throw new Failure(`--host is an address that begins with "https://", or with "/", not "${host}"`);
		const at = (name: string) => `${src.replace(/\/?$/, "/")}${name}`;
		const all = await hashes();
		const integrity = Object.fromEntries([...all].map(([name, hash]) => [at(name), hash]));
		const options = literal({ writeKey, host, playbook }).slice(1, -1);
		const module = `()=>fetch(${literal(at(wasm))},{integrity:${literal(integrityOf(await readFile(beside(wasm))))}})`;
		const by = nonce === undefined ? "" : ` nonce=${quoted(nonce)}`;
		const stub = (await readFile(beside("stub.js"), "utf8")).trim();
		const script = `${stub}ripen.init({${options},wasm:${module}})`;
		await toStdout(`<script type="importmap"${by}>${literal({ integrity })}</script>
<script${by}>${script}</script>
<script type="module" async src=${quoted(at(first))} integrity=${quoted(all.get(first) ?? "")} crossorigin="anonymous"${by}></script>
`);
		return 0;
	},
};
