import type { Face } from "./keeper.js";
import load, * as module from "./wasm/toolkit.js";

/** So many mistakes are told at once: with the first often comes the one that has a near name. */
const mostTold = 3;

/** The module that knows playbooks' documents, and why: loaded only where it is asked for. */
export async function toolkit({ compilable, settings }: Face): Promise<typeof module> {
	await load({ module_or_path: await compilable("toolkit", settings) });
	return module;
}

/** Compiles a playbook's document. Throws its first mistakes, each with line, column, path and hint. */
export async function compile(document: string, face: Face): Promise<Uint8Array> {
	const { check, compile } = await toolkit(face);
	try {
		return compile(document);
	} catch (error) {
		const mistakes = check(document).filter(({ severity }) => severity === "error");
		if (!mistakes.length) throw error;
		const told = mistakes.slice(0, mostTold).map(({ line, column, path, message, hint }) => {
			const what = `${line}:${column}: ${path && `${path}: `}${message}`;
			return hint ? `${what} (${hint})` : what;
		});
		const more = mistakes.length - told.length;
		throw new Error([...told, ...(more ? [`… and ${more} more`] : [])].join("\n"));
	}
}
