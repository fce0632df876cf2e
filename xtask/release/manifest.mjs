/** Whether js/package.json says all that npm, bundlers and people go by, and nothing that is not so. */
import { isBuiltin } from "node:module";

/** What is wrong, a line for each. `files` is what is packed, `exported` what `exports` has to be. */
export function manifestProblems(manifest, { files, exported, node, license }) {
	const wrong = [];
	const want = (holds, text) => holds || wrong.push(`js/package.json: ${text}`);
	for (const field of [
		"name",
		"version",
		"description",
		"license",
		"type",
		"types",
		"engines",
		"publishConfig",
	])
		want(manifest[field], `${field} is missing`);
	want(manifest.keywords?.length > 0, "keywords are missing");
	want(manifest.sideEffects === false || Array.isArray(manifest.sideEffects), "sideEffects says nothing");
	want(manifest.license === license, `license is ${manifest.license}, the workspace's is ${license}`);
	want(
		manifest.engines?.node === node,
		`engines.node is ${manifest.engines?.node}, the workspace's is ${node}`,
	);
	want(
		JSON.stringify(manifest.exports) === JSON.stringify(exported),
		"exports is not what js/entries.mjs says",
	);
	// A page downloads what is in the package, and nothing runs where it is installed.
	want(!manifest.dependencies, "there are dependencies");
	for (const script of ["preinstall", "install", "postinstall", "prepare"])
		want(!manifest.scripts?.[script], `the script ${script} would run where it is installed`);
	const peers = Object.keys(manifest.peerDependencies ?? {});
	for (const peer of peers)
		want(manifest.peerDependenciesMeta?.[peer]?.optional, `${peer} is wanted of everybody: not optional`);
	const imported = importsOf(files);
	for (const [name, path] of imported)
		want(peers.includes(name), `${path} imports ${name}, which is no peer`);
	for (const peer of peers) want(imported.has(peer), `nothing imports the peer ${peer}`);
	return wrong;
}

/** The packages that are imported, or whose types are, each with a file that does. */
function importsOf(files) {
	const found = new Map();
	for (const [path, content] of files) {
		if (!/\.(js|d\.ts)$/.test(path) || path.startsWith("dist/wasm/")) continue;
		const text = content.toString().replaceAll(/\/\*[\s\S]*?\*\//g, "");
		for (const [, name] of text.matchAll(
			/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([\w@][^"'\n]*)["']/g,
		)) {
			const owner = name.match(/^(@[^/]+\/)?[^/]+/)[0];
			if (!isBuiltin(name) && owner !== "ripen") found.set(owner, path);
		}
	}
	return found;
}
