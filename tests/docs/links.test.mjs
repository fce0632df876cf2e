// Every link within the repository leads somewhere, to a heading too where it names one.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";

const root = new URL("../../", import.meta.url);
const below = (folder) =>
	readdirSync(new URL(folder, root))
		.filter((name) => name.endsWith(".md"))
		.map((name) => folder + name);
const pages = [...below("./"), ...below("docs/"), ...below("docs/decisions/"), ...below("docs/migrate/")];

/** As GitHub names a heading. */
const anchor = (heading) =>
	heading
		.toLowerCase()
		.replaceAll(/[^\p{L}\p{N} _-]/gu, "")
		.trim()
		.replaceAll(" ", "-");
const anchors = (text) => [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading));

for (const page of pages) {
	const here = new URL(page, root);
	const text = readFileSync(here, "utf8").replaceAll(/^```[\s\S]*?^```$/gm, "");
	const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link);
	const own = links.filter((link) => !/^[a-z]+:/.test(link));
	if (own.length === 0) continue;
	test(`${page}: ${own.length} links`, () => {
		for (const link of own) {
			const [path, heading] = link.split("#");
			const target = path ? new URL(path, here) : here;
			assert.ok(existsSync(target), `${link} is not there`);
			if (heading)
				assert.ok(anchors(readFileSync(target, "utf8")).includes(heading), `${link}: no such heading`);
		}
	});
}

test("the pages link to each other", () => {
	assert.ok(pages.length > 6, pages.join(" "));
});
