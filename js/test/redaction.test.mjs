import assert from "node:assert/strict";
import { test } from "node:test";
import { handClock, load, memoryStorage } from "./bundle.mjs";

const { copyOf, openWriter, travels } = await load("message.ts");
const open = (redaction) => {
	const writer = openWriter(memoryStorage(), handClock(), redaction);
	const write = (body, more) =>
		JSON.parse(writer.write({ type: "track", event: "e", body: copyOf(body), ...more }));
	return { writer, write };
};

test("of properties and traits what the lists leave out is never recorded, however deep it stands", () => {
	const body = {
		plan: "team",
		email: "a@b.c",
		who: { email: "d@e.f", name: "Ada" },
		all: [{ email: "x" }, 1],
	};
	assert.deepEqual(open({ deny: ["email"] }).write(body).properties, {
		plan: "team",
		who: { name: "Ada" },
		all: [{}, 1],
	});
	assert.deepEqual(open({ allow: ["plan", "who"] }).write(body).properties, {
		plan: "team",
		who: { email: "d@e.f", name: "Ada" },
	});
	assert.deepEqual(open({ allow: ["plan", "who"], deny: ["email"] }).write(body).properties, {
		plan: "team",
		who: { name: "Ada" },
	});
	const { write } = open({ deny: ["email"] });
	assert.deepEqual(write(body, { type: "identify", event: undefined }).traits.who, { name: "Ada" });
	assert.deepEqual(write(body, { own: true }).properties, body, "Ripen's own are not the host's");
});

test("C44 a text where a list belongs is the names in it, and not their parts", () => {
	const body = { email: "a@b.c", e: 1, mail: 2, phone: "3", plan: { email: "x", e: 4 } };
	for (const deny of ["email,phone", "email, phone"])
		assert.deepEqual(open({ deny }).write(body).properties, { e: 1, mail: 2, plan: { e: 4 } });
	assert.deepEqual(open({ deny: "email" }).write({ e: 1, email: 2 }).properties, { e: 1 });
	assert.deepEqual(open({ allow: "email, plan" }).write(body).properties, {
		email: "a@b.c",
		plan: { email: "x", e: 4 },
	});
	assert.deepEqual(open({ deny: ["a, b"] }).write({ "a, b": 1, a: 2 }).properties, { a: 2 });
});

test("the hook sees each event and changes it, but not which event it is", () => {
	const { write } = open({
		redact: (message) => ({
			...message,
			timestamp: "1970-01-01T00:00:00.000Z",
			context: {},
			properties: { path: message.properties.path.split("?")[0] },
		}),
	});
	const message = write({ path: "/reset?token=secret" });
	assert.deepEqual(message.properties, { path: "/reset" });
	assert.equal(message.timestamp, "2026-01-05T10:00:00.000Z");
	assert.equal(message.context.sequence, 0);
	assert.ok(message.context.stream);
	assert.equal(JSON.stringify(message).includes("secret"), false);
	const bare = open({ redact: (message) => ({ ...message, context: {} }) });
	const group = bare.write({}, { type: "group", groupId: "acme", signature: "00" });
	assert.equal(group.context.groupSignature, "00");
});

test("C44 an event that the hook takes out, or breaks over, is none: it has a reason and takes no sequence", () => {
	let answer = () => null;
	const { writer, write } = open({ redact: (message) => answer(message) });
	const why = () => {
		try {
			write({ a: 1 });
		} catch (reason) {
			return reason;
		}
	};
	assert.equal(why(), "redacted");
	for (const broken of [
		() => {
			throw new Error("a mistake of the host's");
		},
		async (message) => message,
		() => "text",
		(message) => ({ ...message, messageId: "another" }),
	]) {
		answer = broken;
		assert.equal(why(), "redact_failed", String(broken));
	}
	answer = (message) => message;
	assert.equal(write({ a: 1 }).context.sequence, 0);
	assert.equal(writer.taken, 1);
});

test("an event that stays begins as no other can, whatever the host calls it, and takes no sequence", () => {
	const { writer } = open({});
	const stays = writer.write({ type: "track", event: "e" }, false);
	const named = writer.write({ type: "track", event: '{"local":1,', body: copyOf({ local: 1 }) });
	assert.equal(travels(stays), false);
	assert.equal(travels(named), true);
	assert.deepEqual([JSON.parse(stays).local, JSON.parse(stays).context.sequence], [1, undefined]);
	assert.equal(JSON.parse(named).context.sequence, 0);
	assert.notEqual(JSON.parse(stays).messageId, JSON.parse(named).messageId);
});
