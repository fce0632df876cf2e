/** Whether something packed tells of the machine that it was built on. */
import { homedir } from "node:os";
import { root } from "../places.mjs";

/** Where people's files are, on any machine. `/rustc/…`, where Rust's own build was, is nobody's and everywhere the same. */
const homes = /(?<![\w.])\/(?:home|root|Users)\/[\w.@-]+|\b[A-Za-z]:[\\/]+Users\b|\bfile:\/\/\/\w+/g;

/** What is wrong, a line for each file and place. `own` are folders of this machine. */
export function machineProblems(files, own = [root, homedir(), process.env.CARGO_HOME]) {
	const folders = own
		.filter((folder) => folder && folder.length > 2)
		.map((folder) => folder.replace(/\/$/, ""));
	return [...files].flatMap(([path, content]) => {
		// Byte for byte: in modules too.
		const text = content.toString("latin1");
		const found = new Set([...text.matchAll(homes)].map(([place]) => place));
		for (const folder of folders)
			if (text.includes(`${folder}/`) && ![...found].some((place) => place.startsWith(folder)))
				found.add(folder);
		return [...found].map((place) => `${path} has a path of this machine: ${place}`);
	});
}
