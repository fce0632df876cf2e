// `ripen/analytics`: calls of analytics.js, in all their overloads, become the same calls of Ripen.
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { load, memoryStorage } from "./bundle.mjs";

const { beside, besideGlobal, createAnalytics, keepAnonymousId, replaceGlobal, segmentAnonymousId } =
	await load("analytics.ts");

/** Ripen, as far as it is called: what it was told, in order. */
function fakeRipen() {
	const calls = [];
	const listeners = [];
	const settled = [];
	const note =
		(name) =>
		(...args) => {
			while (args.length && args.at(-1) === undefined) args.pop();
			calls.push([name, ...args]);
		};
	const names = ["track", "page", "identify", "group", "reset"];
	return {
		calls,
		settled,
		tell(message) {
			for (const listener of listeners) listener(message);
		},
		on: (_, listener) => listeners.push(listener),
		view: () => undefined,
		/** Ripen has made events of all that was called by then, as the page does. */
		health() {
			for (const settle of settled.splice(0)) settle();
		},
		...Object.fromEntries(names.map((name) => [name, note(name)])),
	};
}

const warned = [];
const { warn, error } = console;
before(() => {
	globalThis.document = { cookie: "" };
	console.warn = (text) => warned.push(text);
	console.error = (thrown) => warned.push(`${thrown}`);
});
after(() => {
	delete globalThis.document;
	Object.assign(console, { warn, error });
});
beforeEach(() => {
	const { get, set } = memoryStorage();
	globalThis.localStorage = { getItem: (name) => get(name) ?? null, setItem: set };
	globalThis.document = { cookie: "" };
	warned.length = 0;
	delete globalThis.analytics;
});

const p = { a: 1 };
const t = { name: "Ada" };
const options = { integrations: { All: false } };
const callback = () => {};
/** A call of analytics.js → the calls of Ripen. */
const overloads = [
	[["track", "e"], [["track", "e", {}]]],
	[["track", "e", p], [["track", "e", p]]],
	[["track", "e", p, options, callback], [["track", "e", p]]],
	[["track", "e", callback], [["track", "e", {}]]],
	[["track", "e", null, null, callback], [["track", "e", {}]]],
	[["track", { event: "e", properties: p }, options], [["track", "e", p]]],
	[["identify", "ada"], [["identify", "ada", {}]]],
	[["identify", 17, t], [["identify", "17", t]]],
	[["identify", t], [["identify", undefined, t]]],
	[["identify", t, options, callback], [["identify", undefined, t]]],
	[["identify", null, t], [["identify", undefined, t]]],
	[["identify", "ada", t, options, callback], [["identify", "ada", t]]],
	[["identify", "ada", callback], [["identify", "ada", {}]]],
	[["group", "acme", t], [["group", "acme", t]]],
	[["group", 5, callback], [["group", "5", {}]]],
	[["page"], [["page", undefined, {}]]],
	[["page", "Home"], [["page", "Home", { name: "Home" }]]],
	[["page", "Docs", "Home"], [["page", "Home", { category: "Docs", name: "Home" }]]],
	[["page", p], [["page", undefined, p]]],
	[["page", "Home", p], [["page", "Home", { name: "Home", a: 1 }]]],
	[["page", "Home", p, options], [["page", "Home", { name: "Home", a: 1 }]]],
	[
		["page", "Docs", "Home", p, options, callback],
		[["page", "Home", { category: "Docs", name: "Home", a: 1 }]],
	],
	[["page", "Docs", "Home", undefined, options], [["page", "Home", { category: "Docs", name: "Home" }]]],
	[["page", "Docs", "Home", callback], [["page", "Home", { category: "Docs", name: "Home" }]]],
	[["page", callback], [["page", undefined, {}]]],
	[["page", "Home", null, options, callback], [["page", "Home", { name: "Home" }]]],
	[["page", null, "Home", p], [["page", "Home", { name: "Home", a: 1 }]]],
	[["page", undefined, undefined, p], [["page", undefined, p]]],
	[["page", "Home", undefined, p], [["page", "Home", { name: "Home", a: 1 }]]],
	[["page", "Docs", "Home", null, options], [["page", "Home", { category: "Docs", name: "Home" }]]],
	[["screen", "Home", p], [["page", "Home", { name: "Home", a: 1 }]]],
	[["pageview", "/docs"], [["page", undefined, { path: "/docs" }]]],
	[["alias", "ada"], [["identify", "ada"]]],
	[["reset"], [["reset"]]],
	[["track", "e", p, { timestamp: new Date(5) }], [["track", "e", p, { timestamp: 5 }]]],
	[["page", "Home", p, { timestamp: 5 }], [["page", "Home", { name: "Home", a: 1 }, { timestamp: 5 }]]],
	[
		["identify", "ada", t, { timestamp: "1970-01-01T00:00:00.005Z" }],
		[["identify", "ada", t, { timestamp: 5 }]],
	],
	[["group", "acme", t, { timestamp: 5 }], [["group", "acme", t, { timestamp: 5 }]]],
];

const plain = (calls) => JSON.parse(JSON.stringify(calls, (_, value) => value ?? null));

test("every overload is the call of Ripen that means the same", () => {
	for (const [[method, ...args], wanted] of overloads) {
		const ripen = fakeRipen();
		createAnalytics(ripen)[method](...args);
		assert.deepEqual(plain(ripen.calls), plain(wanted), `${method}(${args.map(String).join(", ")})`);
	}
	assert.deepEqual(warned, []);
});

test("C08 a call resolves, and its callback is called once, after Ripen has the event", async () => {
	const ripen = fakeRipen();
	const analytics = createAnalytics(ripen);
	const called = [];
	const resolved = await analytics.track("e", p, (told) =>
		called.push([told.event.event, ripen.calls.length]),
	);
	assert.deepEqual(called, [["e", 1]]);
	assert.deepEqual(resolved.event.properties, p);
	await analytics.page(() => {
		throw new Error("the host's");
	});
	assert.match(warned.join(), /the host's/);
	let ready = false;
	await analytics.ready(() => {
		ready = true;
	});
	assert.ok(ready);
	await analytics.track();
	assert.deepEqual(ripen.calls.at(-1), ["track", "", {}], "of a name that is missing Ripen says so");
});

test("who they are can be asked, and is somebody else's after another signs in", () => {
	const ripen = fakeRipen();
	const analytics = createAnalytics(ripen, { writeKey: "wk" });
	assert.equal(analytics.user().id(), null);
	localStorage.setItem("ripen:wk:ids", JSON.stringify({ anonymousId: "anon" }));
	assert.equal(analytics.user().anonymousId(), "anon");
	analytics.identify("ada", { plan: "free" });
	analytics.identify({ role: "lead" });
	analytics.group("acme", { seats: 3 });
	assert.deepEqual(
		[analytics.user().id(), analytics.user().traits()],
		["ada", { plan: "free", role: "lead" }],
	);
	assert.deepEqual([analytics.group().id(), analytics.group().traits()], ["acme", { seats: 3 }]);
	analytics.identify("bob");
	assert.deepEqual([analytics.user().traits(), analytics.group().traits()], [{}, {}]);
	localStorage.setItem("ripen:wk:ids", JSON.stringify({ anonymousId: "other" }));
	analytics.reset();
	assert.deepEqual([analytics.user().id(), analytics.user().anonymousId()], [null, "other"]);
	const without = createAnalytics(ripen);
	ripen.tell({ anonymousId: "from-event", userId: "cy", context: { groupId: "g" } });
	assert.deepEqual(
		[without.user().anonymousId(), without.user().id(), without.group().id()],
		["from-event", "cy", "g"],
	);
});

test("what was known of one user is not known of the next, though Ripen makes events of calls when it is asked", () => {
	const ripen = fakeRipen();
	const ids = { anonymousId: "anon" };
	const store = (more) => localStorage.setItem("ripen:wk:ids", JSON.stringify(Object.assign(ids, more)));
	store();
	for (const [name, field] of [
		["identify", "userId"],
		["group", "groupId"],
	])
		ripen[name] = (id) => id && ripen.settled.push(() => store({ [field]: id }));
	const analytics = createAnalytics(ripen, { writeKey: "wk" });
	analytics.identify("ada", { plan: "free" });
	analytics.group("acme", { seats: 3 });
	assert.deepEqual([analytics.user().traits(), analytics.group().traits()], [{ plan: "free" }, { seats: 3 }]);
	analytics.group("other", { seats: 1 });
	assert.deepEqual(analytics.group().traits(), { seats: 1 });
	analytics.identify("bob", { role: "lead" });
	assert.deepEqual([analytics.user().traits(), analytics.group().traits()], [{ role: "lead" }, {}]);
	const early = createAnalytics({ ...ripen, health() {} });
	early.identify("ada");
	early.group("acme");
	early.identify("bob");
	assert.equal(early.group().id(), null, "before `init`, too");
});

test("within a turn the account is that of who has just signed in, though their events are made at its end", () => {
	const ripen = fakeRipen();
	const store = (ids) => localStorage.setItem("ripen:wk:ids", JSON.stringify(ids));
	store({ anonymousId: "anon", userId: "alice", groupId: "old" });
	const analytics = createAnalytics(ripen, { writeKey: "wk" });
	ripen.settled.push(() => store({ anonymousId: "anon", userId: "bob", groupId: "new" }));
	analytics.identify("bob");
	analytics.group("new");
	analytics.group({ plan: "pro" });
	assert.deepEqual(ripen.calls.at(-1), ["group", "new", { plan: "pro" }]);
	assert.equal(analytics.user().id(), "bob");
});

test("listeners hear each call as analytics.js tells it, and one that throws harms none (C12)", () => {
	const analytics = createAnalytics(fakeRipen());
	const heard = [];
	const same = (...args) => heard.push(args);
	analytics.on("track", () => {
		throw new Error("a listener's");
	});
	const chained = analytics.on("track", same).once("page", (...args) => heard.push(args));
	assert.equal(chained, analytics, "they are chained, as analytics.js lets them be");
	analytics.track("e", p);
	analytics.page("Docs", "Home");
	analytics.page();
	assert.equal(analytics.off("track", same).emit("own", 1), analytics);
	analytics.track("e");
	assert.deepEqual(heard, [
		["e", p, {}],
		["Docs", "Home", { category: "Docs", name: "Home" }, {}],
	]);
});

test("what has no counterpart says so once, and nothing is thrown", () => {
	const ripen = fakeRipen();
	const analytics = createAnalytics(ripen);
	analytics.addSourceMiddleware(() => {});
	analytics.addSourceMiddleware(() => {});
	analytics.register({});
	analytics.alias("ada", "somebody-else");
	analytics.setAnonymousId("mine");
	analytics.group({ seats: 3 });
	analytics.timeout(500);
	analytics.debug(true);
	assert.equal(warned.length, 5, warned.join("\n"));
	assert.ok(warned.every((text) => text.includes("[analytics_unsupported]")));
	assert.deepEqual(ripen.calls, []);
});

/** As the snippet of Segment leaves it: a queue, with methods that add to it. */
function snippet() {
	const queue = [];
	globalThis.analytics = queue;
	for (const method of ["track", "page", "identify", "group", "reset", "ready"])
		queue[method] = (...args) => {
			const real = globalThis.analytics;
			if (real.initialized) return real[method](...args);
			queue.push([method, ...args]);
			return queue;
		};
	return queue;
}
const pageThen = { __t: "bpc", c: null, p: "/was", u: "https://x/was?q", s: "?q", t: "Was", r: "" };

test("C23 what the snippet has gathered is carried out in order, and so is what its old references call", () => {
	const queue = snippet();
	analytics.page(pageThen);
	analytics.track("first", { n: 1 }, pageThen);
	analytics.identify("ada", t);
	analytics.ready(() => {
		throw new Error("the host's");
	});
	analytics.page("Home", null, options, pageThen);
	analytics.track("second");
	const ripen = fakeRipen();
	const ours = replaceGlobal(ripen);
	assert.equal(globalThis.analytics, ours);
	queue.track("third");
	ours.push(["track", "fourth"], ["nothing"]);
	assert.deepEqual(plain(ripen.calls), [
		["page", null, { path: "/was", title: "Was" }],
		["track", "first", { n: 1 }],
		["identify", "ada", t],
		["page", "Home", { name: "Home", path: "/was", title: "Was" }],
		["track", "second", {}],
		["track", "third", {}],
		["track", "fourth", {}],
	]);
	assert.match(warned.join(), /`nothing` has no counterpart/);
});

/** A client that takes over the snippet's queue as Segment's does. */
class Theirs {
	calls = [];
	initialized = true;
	constructor(queue = []) {
		for (const [method, ...args] of queue.splice(0)) this[method](...args);
	}
	track(...args) {
		this.calls.push(["track", ...args]);
		return "theirs";
	}
	identify(...args) {
		this.calls.push(["identify", ...args]);
		this.track("inner");
	}
	group(...args) {
		return args.length ? this.calls.push(["group", ...args]) : { id: () => "theirs" };
	}
	ready(callback) {
		callback(this);
	}
}

test("beside another client both get each call once, before it is there, as it comes, and after", () => {
	const queue = snippet();
	analytics.track("before");
	const ripen = fakeRipen();
	besideGlobal(ripen);
	analytics.track("waiting");
	analytics.ready(() => {});
	const theirs = new Theirs(queue);
	globalThis.analytics = theirs;
	analytics.track("after");
	queue.track("old reference");
	analytics.identify("ada");
	assert.equal(analytics.group().id(), "theirs", "what is asked is asked of them");
	const names = ripen.calls.map(([method, name]) => `${method} ${name}`);
	assert.deepEqual(names, [
		"track before",
		"track waiting",
		"track after",
		"track old reference",
		"identify ada",
	]);
	assert.deepEqual(
		theirs.calls.map(([method, name]) => `${method} ${name}`),
		["track before", "track waiting", "track after", "track old reference", "identify ada", "track inner"],
	);
});

test("C07 what a snippet begins with is no other client: nothing is heard twice", () => {
	const queue = snippet();
	analytics.track("early");
	const ripen = fakeRipen();
	besideGlobal(ripen);
	globalThis.analytics = globalThis.analytics || [];
	analytics.track("waiting");
	globalThis.analytics = new Theirs(queue);
	globalThis.analytics = globalThis.analytics || [];
	analytics.track("after");
	assert.deepEqual(
		ripen.calls.map(([, name]) => name),
		["early", "waiting", "after"],
	);
});

test("C29 a client that is blocked and never comes keeps nothing from Ripen", () => {
	snippet();
	const ripen = fakeRipen();
	besideGlobal(ripen);
	analytics.track("a");
	analytics.page("Home");
	assert.equal(ripen.calls.length, 2);
});

test("beside one that is imported: its answers and errors stay its own", () => {
	const ripen = fakeRipen();
	const theirs = new Theirs();
	const both = beside(theirs, ripen);
	assert.equal(both.track, both.track, "a host may compare what it calls");
	assert.equal(both.track("e"), "theirs");
	assert.throws(
		() =>
			beside(
				{
					track: () => {
						throw new Error("theirs");
					},
				},
				ripen,
			).track("f"),
		/theirs/,
	);
	assert.equal(both instanceof Theirs, true);
	assert.deepEqual(
		ripen.calls.map(([, name]) => name),
		["e", "f"],
	);
	const broken = beside(theirs, {
		...ripen,
		track: () => {
			throw new Error("ours");
		},
	});
	assert.equal(broken.track("g"), "theirs", "what we throw does not keep the call from them");
	assert.match(warned.join(), /ours/);
});

test("the anonymous id of Segment becomes Ripen's, unless Ripen knows this browser already", () => {
	assert.equal(segmentAnonymousId(), undefined);
	globalThis.document = { cookie: "x=1; ajs_anonymous_id=%22from-cookie%22" };
	assert.equal(segmentAnonymousId(), "from-cookie");
	localStorage.setItem("ajs_anonymous_id", '"from-storage"');
	assert.equal(segmentAnonymousId(), "from-storage");
	assert.equal(keepAnonymousId("wk", segmentAnonymousId()), "from-storage");
	assert.deepEqual(JSON.parse(localStorage.getItem("ripen:wk:ids")), { anonymousId: "from-storage" });
	assert.equal(keepAnonymousId("wk", "another"), "from-storage");
	assert.equal(keepAnonymousId("other", undefined), undefined);
	globalThis.localStorage = undefined;
	assert.equal(keepAnonymousId("wk", "a"), undefined, "where nothing can be stored");
});

test("C21 on a server nothing happens", () => {
	const { document } = globalThis;
	delete globalThis.document;
	try {
		const ripen = fakeRipen();
		const theirs = new Theirs();
		assert.equal(beside(theirs, ripen), theirs);
		besideGlobal(ripen);
		replaceGlobal(ripen);
		assert.equal(globalThis.analytics, undefined);
	} finally {
		globalThis.document = document;
	}
});
