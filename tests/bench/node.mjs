/** `node tests/bench/node.mjs FOLDER`: the wasm half in Node. Prints one JSON document. */
import { readFileSync } from "node:fs";
import { readInputs } from "./read-inputs.mjs";
import { measureWasm } from "./wasm.mjs";

const ROUNDS = 9;

async function load(stem) {
	const beside = (name) => new URL(`../../js/dist/wasm/${name}`, import.meta.url);
	const module = await import(beside(`${stem}.js`).href);
	module.initSync({ module: readFileSync(beside(`${stem}_bg.wasm`)) });
	return module;
}

const modules = { page: await load("ripen"), toolkit: await load("toolkit") };
console.log(JSON.stringify(await measureWasm(modules, readInputs(process.argv[2]), ROUNDS)));
