// The adapters of docs/consent.md, each against a stub of what its platform documents.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const folder = new URL("../../www/examples/consent/", import.meta.url);
const { follow: oneTrust } = await import(new URL("onetrust.js", folder));
const { follow: cookiebot } = await import(new URL("cookiebot.js", folder));
const { follow: usercentrics } = await import(new URL("usercentrics.js", folder));
const { follow: tcf } = await import(new URL("tcf.js", folder));
const { follow: google } = await import(new URL("google.js", folder));

let told;
let isClosed;
/** OneTrust's, as far as it is asked. */
const platform = { IsAlertBoxClosed: () => isClosed };
const setConsent = (consent) => told.push(consent);
const tell = (name, detail) => window.dispatchEvent(new CustomEvent(name, { detail }));

beforeEach(() => {
	told = [];
	globalThis.window = new EventTarget();
});

test("OneTrust: what is always active is no answer; a refusal is one; so is a change of mind", () => {
	isClosed = false;
	window.OneTrust = platform;
	oneTrust(setConsent);
	tell("OneTrustGroupsUpdated", ["C0001"]);
	assert.deepEqual(told, []);
	isClosed = true;
	tell("OneTrustGroupsUpdated", ["C0001"]);
	tell("OneTrustGroupsUpdated", ["C0001", "C0002"]);
	assert.deepEqual(told, ["denied", "granted"]);
});

test("OneTrust: what was answered before this runs is heard", () => {
	isClosed = true;
	window.OneTrust = platform;
	window.OnetrustActiveGroups = ",C0001,C0002,";
	oneTrust(setConsent);
	assert.deepEqual(told, ["granted"]);
});

test("OneTrust: a category whose name begins alike is another one", () => {
	isClosed = true;
	window.OneTrust = platform;
	window.OnetrustActiveGroups = ",C0001,C00021,";
	oneTrust(setConsent);
	assert.deepEqual(told, ["denied"]);
});

test("Cookiebot: nothing before a response, then what it says of statistics, at each of its events", () => {
	cookiebot(setConsent);
	window.Cookiebot = { hasResponse: false, consent: { statistics: false } };
	tell("CookiebotOnConsentReady");
	assert.deepEqual(told, []);
	window.Cookiebot = { hasResponse: true, consent: { statistics: true } };
	tell("CookiebotOnAccept");
	window.Cookiebot = { hasResponse: true, consent: { statistics: false } };
	tell("CookiebotOnDecline");
	assert.deepEqual(told, ["granted", "denied"]);
});

test("Cookiebot: what was answered before this runs is heard", () => {
	window.Cookiebot = { hasResponse: true, consent: { statistics: true } };
	cookiebot(setConsent);
	assert.deepEqual(told, ["granted"]);
});

const services = (given, type) => ({
	services: {
		a1: { name: "Another", consent: { given: true, type: "EXPLICIT" } },
		b2: { name: "Ripen", consent: { given, type } },
	},
});

test("Usercentrics: a no that nobody has said is none; each answer is heard, an earlier one, too", async () => {
	window.__ucCmp = { getConsentDetails: async () => services(false, "IMPLICIT") };
	usercentrics(setConsent);
	await Promise.resolve();
	await Promise.resolve();
	assert.deepEqual(told, []);
	tell("UC_CONSENT", services(true, "EXPLICIT"));
	tell("UC_CONSENT", services(false, "EXPLICIT"));
	assert.deepEqual(told, ["granted", "denied"]);
	window.__ucCmp = { getConsentDetails: async () => services(true, "IMPLICIT") };
	usercentrics(setConsent);
	await Promise.resolve();
	await Promise.resolve();
	assert.equal(told.at(-1), "granted", "where a no has to be said");
});

test("Usercentrics: a service that it does not have is no answer", () => {
	usercentrics(setConsent);
	tell("UC_CONSENT", { services: {} });
	assert.deepEqual(told, []);
});

/** As the framework has it: the callback is called at once, and at each change. */
function tcfStub() {
	let listener;
	window.__tcfapi = (command, version, callback) => {
		assert.deepEqual([command, version], ["addEventListener", 2]);
		listener = callback;
		callback({ eventStatus: undefined, gdprApplies: undefined, purpose: { consents: {} } }, true);
	};
	return (data, success = true) => listener(data, success);
}
const purposes = (...ids) => ({ consents: Object.fromEntries(ids.map((id) => [id, true])) });

test("TCF: nothing while somebody is asked, then all purposes, or no", () => {
	const change = tcfStub();
	tcf(setConsent);
	change({ eventStatus: "cmpuishown", gdprApplies: true, purpose: purposes() });
	assert.deepEqual(told, []);
	change({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: purposes(1, 8, 10) });
	change({ eventStatus: "cmpuishown", gdprApplies: true, purpose: purposes(1, 8, 10) });
	change({ eventStatus: "useractioncomplete", gdprApplies: true, purpose: purposes(1, 10) });
	assert.deepEqual(told, ["granted", "denied"]);
});

test("TCF: what was answered earlier, where it does not apply, and a failure", () => {
	const change = tcfStub();
	tcf(setConsent);
	change({ eventStatus: "tcloaded", gdprApplies: true, purpose: purposes(1, 8, 10) });
	change({ eventStatus: "tcloaded", gdprApplies: false, purpose: purposes() });
	change(null ?? {}, false);
	assert.deepEqual(told, ["granted", "granted"]);
});

/** As Google's snippet has it: commands are `arguments` objects. */
function gtag() {
	// biome-ignore lint/complexity/noArguments: that is what it pushes.
	window.dataLayer.push(arguments);
}

test("consent mode: a default of no is no answer, an update is; what else is pushed arrives, too", () => {
	window.dataLayer = [];
	gtag("consent", "default", { analytics_storage: "denied" });
	google(setConsent);
	window.dataLayer.push({ event: "gtm.js" });
	gtag("consent", "default", { analytics_storage: "granted", region: ["US"] });
	gtag("consent", "update", { ad_storage: "denied" });
	assert.deepEqual(told, []);
	gtag("consent", "update", { analytics_storage: "granted" });
	gtag("consent", "update", { analytics_storage: "denied" });
	assert.deepEqual(told, ["granted", "denied"]);
	assert.equal(window.dataLayer.length, 6);
});

test("consent mode: what was said before this runs is heard, and no layer yet is none", () => {
	google(setConsent);
	gtag("consent", "default", { analytics_storage: "granted" });
	assert.deepEqual(told, ["granted"]);
	google(setConsent);
	assert.deepEqual(told, ["granted", "granted"]);
});
