/** The wasm half in a page of Chromium: a small server gives it the modules, and this file's neighbours. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { extname } from "node:path";
import { chromium } from "playwright-core";
import { readInputs } from "./read-inputs.mjs";

const ROUNDS = 9;
const TYPES = { ".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm" };
const FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"];
const root = new URL("../../", import.meta.url);

export async function measureInChromium(folder, executablePath) {
	const inputs = JSON.stringify(readInputs(folder));
	const server = await serve(inputs);
	const browser = await chromium.launch({ executablePath, args: FLAGS });
	try {
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${server.address().port}/`);
		const measured = await page.evaluate(async (rounds) => {
			const { measureWasm } = await import("/tests/bench/wasm.mjs");
			const load = async (stem) => {
				const module = await import(`/js/dist/wasm/${stem}.js`);
				await module.default({ module_or_path: fetch(`/js/dist/wasm/${stem}_bg.wasm`) });
				return module;
			};
			const modules = { page: await load("ripen"), toolkit: await load("toolkit") };
			const inputs = await (await fetch("/inputs.json")).json();
			return measureWasm(modules, inputs, rounds);
		}, ROUNDS);
		return { ...measured, version: browser.version() };
	} finally {
		await browser.close();
		server.close();
	}
}

async function serve(inputs) {
	const server = createServer((request, response) => {
		const answer = (type, body) => response.writeHead(200, { "content-type": type }).end(body);
		const path = new URL(request.url, "http://localhost").pathname;
		if (path === "/") return answer("text/html", "<!doctype html><title>Benchmark</title>");
		if (path === "/inputs.json") return answer("application/json", inputs);
		if (!/^\/(tests\/bench|js\/dist\/wasm)\/[\w.-]+$/.test(path)) return response.writeHead(404).end();
		return answer(TYPES[extname(path)] ?? "text/plain", readFileSync(new URL(`.${path}`, root)));
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
	return server;
}
