/** An application of a customer's: what is in `apps/NAME`, with the packed package installed into it by npm. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { npm } from "../../../xtask/command.mjs";
import { hashOf } from "../../../xtask/inputs.mjs";
import { at } from "../../../xtask/places.mjs";

const { version } = JSON.parse(readFileSync(at("js/package.json"), "utf8"));
export const tarball = `target/package/ripen-${version}.tgz`;
const quiet = [
	"--no-save",
	"--prefer-offline",
	"--ignore-scripts",
	"--no-audit",
	"--no-fund",
	"--loglevel=error",
];
/** What npm says where there is no registry; whatever else fails is a failure. */
const offline = /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/;

/** The empty application's folder, or undefined where the registry is needed and cannot be reached. */
export async function install(name) {
	const source = at(`tests/matrix/bundlers/apps/${name}`);
	const folder = at(`target/matrix/bundlers/${name}`);
	const stamp = join(folder, "node_modules/.ripen-matrix");
	const wanted = hashOf([`tests/matrix/bundlers/apps/${name}/package-lock.json`, tarball]);
	const isThere = existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
	mkdirSync(folder, { recursive: true });
	for (const each of readdirSync(folder))
		if (!isThere || each !== "node_modules") rmSync(join(folder, each), { recursive: true });
	// What Vite has made of an earlier package.
	rmSync(join(folder, "node_modules/.vite"), { recursive: true, force: true });
	cpSync(source, folder, { recursive: true, filter: (path) => !path.endsWith("node_modules") });
	if (isThere) return folder;
	try {
		if (existsSync(join(folder, "package-lock.json"))) await npm(["install", ...quiet], { cwd: folder });
	} catch (error) {
		if (offline.test(error.output)) return;
		throw error;
	}
	await npm(["install", ...quiet, at(tarball)], { cwd: folder });
	writeFileSync(stamp, wanted);
	return folder;
}
