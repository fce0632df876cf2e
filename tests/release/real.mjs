/** The package as it is built, and the same with something wrong: what finds nothing in the one has to find it in the other. */

import { at } from "../../xtask/places.mjs";
import { packed } from "../../xtask/release/packed.mjs";

export const files = await packed(at("js"));

/** The path of what matches, of which there is one at least. */
export const pathOf = (pattern) => [...files.keys()].find((path) => pattern.test(path));

/** With these files instead; `undefined` takes one away. */
export function changed(changes) {
	const copy = new Map(files);
	for (const [path, content] of Object.entries(changes)) {
		if (content === undefined) copy.delete(path);
		else copy.set(path, Buffer.from(content));
	}
	return copy;
}
