// The schema is where `$schema` of a playbook finds it: in the package, and installed.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";

const at = (path) => new URL(`../../${path}`, import.meta.url);
const json = (path) => JSON.parse(readFileSync(at(path), "utf8"));

test("the package has the schema, and names it", () => {
	const manifest = json("js/package.json");
	const path = manifest.exports["./playbook.schema.json"];
	assert.ok(manifest.files.some((name) => path.startsWith(`./${name}/`)));
	const schema = json(`js/${path}`);
	assert.equal(schema.title, "Ripen playbook");
	assert.ok(schema.properties.nudges.description);
});

test("the sample product's playbook and the guide name where it is", () => {
	const { $schema } = json("www/playbook.json");
	assert.ok(existsSync(new URL($schema, at("www/playbook.json"))), $schema);
	assert.ok(readFileSync(at("docs/playbook.md"), "utf8").includes(`"$schema": "${$schema}"`));
});
