// The development build's warnings: which names, in what words, and how often.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./bundle.mjs";

const { openUnknown } = await load("development/unknown.ts");
const names = () => ({
	events: new Set(["task_created"]),
	triggers: new Set(["help"]),
	actions: new Set(["open_chat"]),
	slots: new Set(["side"]),
	near: (name, among) => [...among].find((each) => each[0] === name[0]),
});

test("each name that no playbook knows is told once, with the near one, a code, and what to do", () => {
	const told = [];
	const { use, know } = openUnknown((warning) => told.push(warning));
	use("events", "task_craeted");
	use("events", "task_craeted");
	use("events", "task_created");
	assert.deepEqual(told, [], "nothing is known yet");
	know(names(), ["open_chat"]);
	use("events", "task_craeted");
	use("triggers", "halp");
	use("triggers", "help");
	use("slots", "top");
	use("slots", "side");
	assert.deepEqual(
		told.map(({ code, message }) => [
			code,
			/`([^`]+)`/.exec(message)[1],
			/did you mean `(.*?)`/.exec(message)?.[1],
		]),
		[
			["unknown_event", "task_craeted", "task_created"],
			["unknown_trigger", "halp", "help"],
			["unknown_slot", "top", undefined],
		],
	);
	assert.match(told[0].message, /init\(\{ dev: \{ events/);
});

test("actions are told in both ways: those that nothing calls, and those that are called and missing", () => {
	const told = [];
	const { know } = openUnknown((warning) => told.push(warning));
	know(names(), ["open_caht"]);
	assert.deepEqual(
		told.map(({ code }) => code),
		["unknown_action", "missing_action"],
	);
	assert.match(told[0].message, /`open_caht`; did you mean `open_chat`\?/);
	assert.match(told[1].message, /`open_chat`/);
});
