/** What npm would pack, as npm says it. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../command.mjs";

/** Path in the tarball → content. Needs no network and writes nothing. */
export async function packed(folder) {
	const answer = await npm(["pack", "--dry-run", "--json", "--ignore-scripts", "--silent"], { cwd: folder });
	const [{ files }] = JSON.parse(answer);
	return new Map(files.map(({ path }) => [path, readFileSync(join(folder, path))]));
}
