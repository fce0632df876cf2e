// www/examples: each page as it is, the package at /ripen, the playbook compiled as the guide says.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { signatureOf } from "../../www/examples/hosts/sign.mjs";
import { until } from "./browser.mjs";
import { inChromiumForReal } from "./real.mjs";
import { storedBy } from "./stored.mjs";

const at = inChromiumForReal();
const folder = fileURLToPath(new URL("../../www/examples/", import.meta.url));
const dist = fileURLToPath(new URL("../../js/dist/", import.meta.url));
const compiled = execFileSync(
	process.execPath,
	[join(dist, "cli.js"), "compile", join(folder, "playbook.json"), "-o", "-"],
	{ stdio: ["ignore", "pipe", "inherit"] },
);
const types = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };
const events = () => at.collector.kept().map(({ event, type }) => event ?? type);
const press = (page, name) => page.getByRole("button", { name, exact: true }).click();

/** All that the pages of this file have asked for, besides files of the example and of the package. */
const requested = new Set();

/** Opens an example; what the page must never do is gathered in `complaints`. */
async function open(name, { change = (text) => text, session } = {}) {
	at.collector.playbook = undefined;
	const file = (route, path) => {
		const body = readFileSync(path);
		route.fulfill({
			contentType: types[extname(path)] ?? "application/octet-stream",
			body: extname(path) === ".html" ? change(body.toString()) : body,
		});
	};
	const { context } = at;
	await context.unrouteAll();
	await context.route("**/playbook.ripen", (route) => route.fulfill({ body: compiled }));
	await context.route("**/session", (route) => route.fulfill({ json: session }));
	for (const [path, root] of [
		["/ripen/", dist],
		["/examples/", folder],
	])
		await context.route(`**${path}**`, (route) =>
			file(route, join(root, new URL(route.request().url()).pathname.slice(path.length))),
		);
	const page = await context.newPage();
	page.complaints = [];
	page.on("request", (request) => {
		const { pathname } = new URL(request.url());
		if (!/^\/(examples|ripen)\//.test(pathname)) requested.add(`${request.method()} ${pathname}`);
	});
	page.on("pageerror", (error) => page.complaints.push(error.message));
	await page.exposeFunction("violated", (what) => page.complaints.push(what));
	await page.addInitScript(() =>
		addEventListener("securitypolicyviolation", ({ violatedDirective }) =>
			window.violated(violatedDirective),
		),
	);
	await page.goto(`${at.origin}/examples/${name}/index.html`);
	return page;
}
const delivered = (...names) =>
	until(`delivered: ${names}`, () => names.every((name) => events().includes(name)));
const hint = (page) => page.getByRole("region", { name: "Every plan starts with one task" });

test("plain: an event brings the nudge, and both arrive", async () => {
	const page = await open("plain");
	await press(page, "New project");
	await hint(page).waitFor();
	await delivered("project_created", "$nudge_shown");
	assert.deepEqual(page.complaints, []);
});

test("C43 consent-banner: before the answer nothing is stored or asked; yes is remembered, and what was done before it arrives", async () => {
	let page = await open("consent-banner");
	await press(page, "New project");
	await page.waitForLoadState("networkidle");
	assert.deepEqual([await storedBy(page), at.collector.requests], [{}, []]);
	await press(page, "Yes");
	await delivered("project_created");
	await page.close();
	page = await open("consent-banner");
	await press(page, "New project");
	assert.equal(await page.getByRole("region", { name: "Consent" }).count(), 0);
	await until("again", () => events().filter((name) => name === "project_created").length === 2);
	assert.deepEqual(page.complaints, []);
});

test("C43 consent-banner: after a no there is nothing but the answer", async () => {
	const page = await open("consent-banner");
	await press(page, "New project");
	await press(page, "No");
	await press(page, "New project");
	const all = JSON.stringify({ localStorage: ["answer"] });
	await until("nothing else", async () => JSON.stringify(await storedBy(page)) === all);
	assert.deepEqual([at.collector.requests, page.complaints], [[], []]);
});

test("C26 strict-csp: under `default-src 'none'` and Trusted Types all works, and nothing is violated", async () => {
	const page = await open("strict-csp");
	await press(page, "New project");
	await hint(page).waitFor();
	await delivered("project_created", "$nudge_shown");
	assert.deepEqual(page.complaints, []);
});

test("C26 strict-csp: the same without 'wasm-unsafe-eval' delivers, and shows nothing", async () => {
	const page = await open("strict-csp", { change: (text) => text.replace(" 'wasm-unsafe-eval'", "") });
	await press(page, "New project");
	await delivered("project_created");
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	assert.ok(
		page.complaints.every((directive) => directive === "script-src"),
		page.complaints.join(" "),
	);
});

test("headless: the host draws what is due, with its markup, and says what became of it", async () => {
	const page = await open("headless");
	await press(page, "New task");
	await press(page, "New task");
	await page.getByText("Two heads are better").waitFor();
	assert.equal(await page.locator("#nudge em, #nudge i, #nudge strong").count(), 1);
	assert.equal(await page.locator("ripen-nudge").count(), 0);
	await press(page, "Later");
	await page.getByText("Two heads are better").waitFor({ state: "hidden" });
	await delivered("$nudge_shown", "$nudge_dismissed");
	assert.deepEqual(page.complaints, []);
});

test("checklist-slot: a nudge stands in the page's own place", async () => {
	const page = await open("checklist-slot");
	await press(page, "A tip, please");
	await page.locator("ripen-slot").getByText("Drag tasks to order them").waitFor();
	await delivered("$nudge_shown");
	assert.deepEqual(page.complaints, []);
});

test("checklist-slot: steps tick themselves off", async () => {
	const page = await open("checklist-slot");
	await press(page, "How do I begin?");
	await page.getByText("Create a project").waitFor();
	const done = () => page.locator("ripen-nudge progress").evaluate((progress) => progress.value);
	assert.equal(await done(), 0);
	await press(page, "New project");
	await until("ticked", async () => (await done()) === 1);
	assert.deepEqual(page.complaints, []);
});

test("signed-in: events carry the signature that the host's server has made, and signing out ends it", async () => {
	const signature = signatureOf("user-17", "a secret of the test");
	const page = await open("signed-in", { session: { userId: "user-17", plan: "free", signature } });
	await delivered("identify");
	await press(page, "New project");
	await delivered("project_created");
	const of = (name) => at.collector.events.filter(({ event, type }) => (event ?? type) === name);
	for (const name of ["identify", "project_created"]) {
		const [{ userId, context }] = of(name);
		assert.deepEqual([userId, context.signature], ["user-17", signature], name);
	}
	await until("asked about", () => at.collector.asked.length > 0);
	assert.equal(at.collector.asked[0].signature, signature);
	await press(page, "Sign out");
	await press(page, "New project");
	await until("anonymous", () => of("project_created").some(({ userId }) => userId === undefined));
	assert.deepEqual(page.complaints, []);
});

test("C44 each request that these pages have made has its row in docs/requests.md", () => {
	const guide = readFileSync(new URL("../../docs/requests.md", import.meta.url), "utf8");
	const rows = [...guide.matchAll(/`((?:GET|POST) HOST[^`]+)`/g)].map(
		([, row]) => new RegExp(`^${row.replace("HOST", "").replace("KEY", "[^/]+")}$`),
	);
	// What the host asks for itself.
	const own = ["GET /playbook.ripen", "GET /session"];
	const ours = [...requested].filter((request) => !own.includes(request));
	for (const seen of ["POST /v1/batch", "GET /v1/playbook/demo", "GET /v1/killed/demo", "POST /v1/snapshot"])
		assert.ok(ours.includes(seen), `${seen}: ${ours.join(" ")}`);
	assert.deepEqual(
		ours.filter((request) => !rows.some((row) => row.test(request))),
		[],
	);
});
