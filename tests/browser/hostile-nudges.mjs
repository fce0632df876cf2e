// A playbook that somebody has got hold of: each placement with texts, addresses and names that attack the page. What the
// tests of Chromium and of the other engines have in common.

const scripts = [
	"<img src=x onerror=owned()>",
	"<script>owned()</script>",
	"</style><svg onload=owned()>",
	'"><iframe srcdoc="<script>owned()</script>">',
	"javascript:owned()",
	"{{constructor.constructor('owned()')()}}",
	`$\{owned()}`,
	"<a href=javascript:owned()>x</a>",
	"\u202E<b>\u0000\uD800",
];
const addresses = [
	"javascript:owned()",
	" \u0001JaVaScRiPt:owned()",
	"java\tscript:owned()",
	"data:text/html,<script>opener.owned()</script>",
	"blob:http://127.0.0.1/1",
	"vbscript:owned()",
	"file:///etc/passwd",
	"http://elsewhere.example/",
	"https://elsewhere.example/a.png",
	"/\\elsewhere.example/b.png",
	"//\u0000",
	{ toString: "javascript:owned()" },
	["javascript:owned()"],
];
const deep = (levels) => {
	let piece = "x";
	for (let level = 0; level < levels; level++) piece = { strong: [piece] };
	return [piece];
};
export const kinds = [
	"banner",
	"modal",
	"slide_out",
	"toast",
	"tooltip",
	"hotspot",
	"checklist",
	"slot",
	"tour",
	"ask",
];
const steps = (text) => [
	{ id: text, anchor: "#host", segment: text, open: "javascript:owned()" },
	{ id: "__proto__", anchor: ":::", wait: 0, signal: "constructor", at_least: -1 },
	...Array.from({ length: 5_000 }, (_, at) => ({ id: `s${at}` })),
];

/** Each placement, with each text and each address wherever one can stand. */
export const nudges = {};
// Of the texts each placement gets every third, so that each text and each address is in three placements.
for (const [at, kind] of kinds.entries())
	for (const number of [0, 3, 6].map((offset) => (at + offset) % scripts.length)) {
		const text = scripts[number];
		const address = addresses[(at + number) % addresses.length];
		const labels = { [text]: text, go: text, call: text, steal: text, constructor: text };
		nudges[`${kind} ${number}`] = {
			purpose: "help",
			variant: text,
			placement: { kind, anchor: "#host", slot: "here", position: text, side: text, seconds: text, wait: 30 },
			content: {
				[text]: { title: text },
				en: {
					title: text,
					body: [
						text,
						{ strong: [text] },
						{ a: [text], href: address },
						{ ul: [[text], address] },
						{ script: [text] },
						null,
						7,
					],
					image: { src: address, alt: text, width: text, height: { text } },
					actions: labels,
					fields: labels,
					options: { question: labels, [text]: labels },
					steps: { [text]: { title: text, body: [{ a: [text], href: address }] } },
					submit: text,
					consent: [{ a: [text], href: address }],
					thanks: text,
					close: text,
					share: { title: `${text}\r\nBcc: all@example.com`, body: text },
				},
			},
			actions: [
				{ id: "go", open: address },
				{ id: text, track: text, apply: { [text]: { __proto__: { owned: true } } } },
				{ id: "call", call: "constructor" },
				{ id: "steal", checkout: "__proto__" },
				{ id: "share", share: "mail" },
				{ id: "copy", share: text },
				null,
				7,
			],
			form: {
				fields: [{ name: text, type: text, prefill: "constructor.name", options: [text, { text }] }],
				schedule: number % 2 ? address : undefined,
			},
			steps: steps(text),
			question: {
				type: number % 2 ? "choice" : "scale",
				options: number % 2 ? Array(5_000).fill(text) : undefined,
				from: 0,
				to: 1e9,
				talk: true,
			},
		};
	}
const odd = [
	{ placement: null },
	{ placement: { kind: "__proto__" } },
	{ placement: { kind: "constructor" } },
	{ placement: { kind: "banner" }, content: null, actions: "none" },
	{ placement: { kind: "banner" }, content: { en: { title: deep(1_500), body: deep(1_500) } } },
	{ placement: { kind: "tour" }, steps: "none", content: { en: { title: "x" } } },
	{ placement: { kind: "ask" }, question: null, content: { en: { title: "x" } } },
	{
		placement: { kind: "banner" },
		content: { "not a language!": { title: [{ of: "signals.events", as: "date", or: "x" }] } },
	},
];
odd.forEach((nudge, at) => {
	nudges[`odd ${at}`] = { purpose: "help", ...nudge };
});

/** By which nothing may be done that the page does not need: whatever is asked for besides is counted. */
export const csp =
	"default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'";

/** Runs in the page: counts what the policy forbids, and what the attacks would do. */
export function prepare() {
	Object.assign(window, { violations: [], ownedBy: 0, owned: () => window.ownedBy++ });
	document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
		window.violations.push(`${violatedDirective} ${blockedURI}`),
	);
	const slot = document.createElement("ripen-slot");
	slot.setAttribute("name", "here");
	document.body.append(slot);
}

/** Runs in the page: whether a nudge was drawn, or refused with a warning that names it. (Others come before it is drawn.) */
export const isAnswered = (nudge) =>
	document.querySelector("ripen-nudge") !== null ||
	window.seen.warnings.some(
		({ code, message }) => /^nudge_(failed|placement_unknown)$/.test(code) && message.includes(nudge),
	);

/** Runs in the page: looks at what is drawn, if anything is, and presses all of it. How much was. */
export async function press() {
	const root = document.querySelector("ripen-nudge")?.shadowRoot;
	if (!root) return 0;
	const bad = root.querySelectorAll(
		"script, iframe, object, embed, svg:not([aria-hidden]), base, link, meta, form[action], [srcdoc], [onerror], [onload], [style*=url]",
	);
	if (bad.length) throw new Error(bad[0].outerHTML);
	for (const each of root.querySelectorAll("[href], [src]")) {
		const url = new URL(each.getAttribute("href") ?? each.getAttribute("src"), location.href);
		if (url.origin !== location.origin && !/^(https|mailto|tel):$/.test(url.protocol))
			throw new Error(url.href);
		if (/bcc:/i.test(url.search.split("&")[0]) && /[\r\n]/.test(url.search)) throw new Error(url.href);
		// What it would lead to is of no interest here.
		each.addEventListener("click", (event) => event.preventDefault());
	}
	for (const button of [...root.querySelectorAll("button:not(.close), .actions a")].slice(0, 12))
		button.click();
	await new Promise((done) => requestAnimationFrame(done));
	return 1;
}
