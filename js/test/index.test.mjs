import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

test("C21 importing on a server is safe, and every call is a no-op with a typed result", async () => {
	assert.equal(typeof globalThis.window, "undefined");
	const ripen = await load("slim.ts");
	assert.deepEqual(
		Object.keys(ripen).sort(),
		"debug explain flush forget group health identify init on page reset setConsent track trigger view".split(
			" ",
		),
	);
	ripen.init({ writeKey: "wk" });
	ripen.track("e", { a: 1 });
	ripen.identify("ada");
	ripen.group("acme");
	ripen.page();
	ripen.reset();
	ripen.setConsent("denied");
	assert.equal(await ripen.forget(), false);
	assert.equal(ripen.view(), undefined);
	assert.deepEqual(await ripen.explain(), []);
	assert.equal(typeof ripen.on("change", () => {}), "function");
	const health = await ripen.flush();
	assert.deepEqual(health, ripen.health());
	assert.equal(health.engine, "unavailable");
	assert.deepEqual([health.taken, health.waiting], [0, 0], "a server does not gather");
});

test("a listener that throws or rejects harms neither its neighbours nor the host (C12)", async () => {
	const { openListeners } = await load("listeners.ts");
	const errors = [];
	const { on, emit } = openListeners((error) => errors.push(error));
	const heard = [];
	on("health", () => {
		throw "thrown";
	});
	on("health", async () => {
		throw "rejected";
	});
	const same = (health) => heard.push(health);
	const off = on("health", same);
	on("health", same);
	emit("health", () => [1]);
	off();
	off();
	emit("health", () => [2]);
	await new Promise((resolve) => setImmediate(resolve));
	assert.deepEqual(heard, [1, 1, 2]);
	assert.deepEqual(errors.sort(), ["rejected", "rejected", "thrown", "thrown"]);
});
