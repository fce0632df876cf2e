/** llms-full.txt: llms.txt, README and the pages that llms.txt lists, in its order, as one text for a language model. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The pages that llms.txt lists, as paths. */
export const listed = (llms) => [...llms.matchAll(/^- \[[^\]]+\]\(([^)]+\.md)\)/gm)].map(([, path]) => path);

/** The text, of what lies below `root`. */
export function bundle(root) {
	const read = (path) => readFileSync(join(root, path), "utf8").trim();
	const paths = ["llms.txt", "README.md", ...listed(read("llms.txt"))];
	const missing = paths.filter((path) => !existsSync(join(root, path)));
	if (missing.length > 0) throw new Error(`llms.txt lists what is not there: ${missing.join(", ")}`);
	return `${paths.map((path) => `<!-- ${path} -->\n\n${read(path)}`).join("\n\n")}\n`;
}
