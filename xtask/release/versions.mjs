/** Whether all say the same version. js/package.json is the place; each other one is here, and follows. */

/** What is wrong, a line for each. `read` gives a file of the repository as text. */
export function versionProblems(read) {
	const { version } = JSON.parse(read("js/package.json"));
	const cargo = read("Cargo.toml");
	const manifests = ["Cargo.toml", ...members(cargo).map((folder) => `${folder}/Cargo.toml`)];
	const names = manifests.map((path) => /^\[package\]\nname = "(.*)"/m.exec(read(path))?.[1]);
	const lock = read("Cargo.lock");
	const places = [
		["Cargo.toml, [workspace.package]", /^\[workspace\.package\]\nversion = "(.*)"/m.exec(cargo)?.[1]],
		...names.map((name) => [`Cargo.lock, ${name}`, locked(lock, name)]),
		...tarballs(read("README.md")).map((found) => ["README.md, the tarball", found]),
	];
	return [
		...(/^\d+\.\d+\.\d+(-[0-9a-z.-]+)?$/.test(version) ? [] : [`${version} is no version`]),
		...places
			.filter(([, found]) => found !== version)
			.map(([place, found]) => `${place}: ${found ?? "none"}, where js/package.json says ${version}`),
		...manifests
			.filter((path) => !/^version\.workspace = true$/m.test(read(path)))
			.map((path) => `${path}: its version is not the workspace's`),
	];
}

const members = (cargo) =>
	[.../^members = \[(.*)\]$/m.exec(cargo)[1].matchAll(/"([^"]+)"/g)].map(([, folder]) => folder);
const locked = (lock, name) => new RegExp(`^name = "${name}"\nversion = "(.*)"`, "m").exec(lock)?.[1];
const tarballs = (text) => [...text.matchAll(/ripen-(\d[\w.-]*?)\.tgz/g)].map(([, version]) => version);
