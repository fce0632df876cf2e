import assert from "node:assert/strict";
import { test } from "node:test";
import { unmapped } from "../../js/packed.mjs";
import { mapProblems } from "../../xtask/release/maps.mjs";
import { changed, files, pathOf } from "./real.mjs";

const keeper = pathOf(/keeper-\w+\.js$/);
const problems = (changes) => mapProblems(changed(changes), unmapped);
const withMap = (change) => {
	const map = JSON.parse(files.get(`${keeper}.map`).toString());
	change(map);
	return problems({ [`${keeper}.map`]: JSON.stringify(map) });
};

test("a chunk without its map is named, and one that names none", () => {
	assert.deepEqual(problems({ [`${keeper}.map`]: undefined }), [`${keeper}: its map is not packed`]);
	assert.deepEqual(problems({ [keeper]: "export{};" }), [`${keeper} names no map`]);
});

test("a map that lacks sources, or one's content, or maps nothing, is named", () => {
	assert.deepEqual(
		withMap((map) => {
			map.sources = [];
		}),
		[`${keeper}: its map has no sources`],
	);
	assert.match(withMap((map) => delete map.sourcesContent).join(), /lacks the content of \.\.\/src\//);
	assert.match(
		withMap((map) => {
			map.sourcesContent[0] = null;
		}).join(),
		/lacks the content of \.\.\/src\//,
	);
	assert.deepEqual(
		withMap((map) => {
			map.mappings = "";
		}),
		[`${keeper}: its map maps nothing`],
	);
	assert.deepEqual(
		withMap((map) => {
			map.sources[0] = "/srv/ripen/src/backup.ts";
		}),
		[`${keeper}: its map names /srv/ripen/src/backup.ts, not relative`],
	);
	assert.deepEqual(problems({ [`${keeper}.map`]: "<html>" }), [`${keeper}: its map is no JSON`]);
});
