import { button, dress, element, load } from "./debug/drawn.js";
import { decisionsOf, viewOf } from "./debug/report.js";
import { css } from "./debug/style.js";
import { couldAt, treeOf, turnsAt } from "./debug/tree.js";
import type { Engine, Face } from "./keeper.js";
import type { Explanation } from "./types.js";

/** There is never a second. */
let opened: (() => void) | undefined;

/** The kinds that say why a nudge was shown, or was not. */
const isNudge = ({ kind }: Explanation) => kind === "nudge";

/** What is no language, as `pt_BR`, must not keep anybody from reading the rest. */
const known = (locale: string) => {
	try {
		return Intl.getCanonicalLocales(locale)[0] ?? "en";
	} catch {
		return "en";
	}
};

const controlsOf = (row: Element | undefined) => [
	...(row?.querySelectorAll<HTMLElement>("summary, button") ?? []),
];

/** Where the focus is among the rows of a list: what it may go back to when they are drawn anew, in their order, the best first. */
function focusIn(list: HTMLElement, root: ShadowRoot): (() => HTMLElement[]) | undefined {
	const rows = () => [...list.querySelectorAll(":scope > ul > li")];
	const held = root.activeElement as HTMLElement | null;
	const row = rows().findIndex((each) => each.contains(held));
	if (!held || row < 0) return;
	const at = controlsOf(rows()[row]).indexOf(held);
	return () => {
		const controls = controlsOf(rows()[row]);
		return [...controls.slice(at, at + 1), ...controls.slice(0, 1)];
	};
}

/** Shows what was considered, why not, and when it could be: an overlay for whoever writes the playbook; over it the nudge that the page is opened to look at `first`. */
export async function openDebug(face: Face, engine: Engine, first: string | undefined): Promise<void> {
	await load();
	opened?.();
	const { watch } = engine.page;
	const locale = known(engine.page.locale);
	const over = new AbortController();
	const before = document.activeElement as HTMLElement | null;
	const host = document.createElement("ripen-debug");
	const root = host.attachShadow({ mode: "open" });
	dress(root, css);
	const close = () => {
		opened = undefined;
		over.abort();
		host.remove();
		before?.focus({ preventScroll: true });
	};
	opened = close;
	const [nudges, decisions, view] = [element("div"), element("div"), element("div")];
	const status = element("p", { role: "status" }, "Looking …");

	const rowOf = (explanation: Explanation) => {
		const id = `${explanation.id}`.replace(/^nudges\./, "");
		const tree = treeOf(explanation, locale);
		const details = tree.querySelector("details");
		if (details) details.open = id === first;
		const at = turnsAt(couldAt(explanation), locale);
		if (explanation.on) details?.append(element("small", {}, `waits for ${explanation.on.join(", ")}`));
		if (at) details?.append(element("p", {}, element("small", {}, at)));
		if (face.settings.preview)
			details?.append(
				button("preview", "Preview", () => engine.preview(id), { "aria-label": `Preview ${id}` }),
			);
		return tree;
	};
	let drawing = Promise.resolve();
	const draw = () => {
		drawing = drawing.then(async () => {
			if (over.signal.aborted) return;
			decisions.replaceChildren(decisionsOf(engine.decisions(), locale));
			view.replaceChildren(viewOf(engine.view()));
			try {
				const found = (await engine.explain()).filter(isNudge);
				const open = new Set(
					[...nudges.querySelectorAll("details[open] > summary")].map(({ textContent }) => textContent),
				);
				const back = focusIn(nudges, root);
				nudges.replaceChildren(element("ul", {}, ...found.map(rowOf)));
				for (const summary of nudges.querySelectorAll("summary"))
					if (open.has(summary.textContent)) (summary.parentElement as HTMLDetailsElement).open = true;
				if (back)
					for (const each of [...back(), panel]) if (!root.activeElement) each.focus({ preventScroll: true });
				status.textContent = found.length
					? `${found.filter(({ holds }) => holds).length} of ${found.length} nudges could be shown now.`
					: "Nothing has happened yet: verdicts come with the person's first event.";
			} catch (error) {
				status.textContent = `The verdicts cannot be had: ${error}`;
			}
		});
	};
	const copy = () =>
		navigator.clipboard
			.writeText(JSON.stringify({ view: engine.view(), decisions: engine.decisions() }, null, "\t"))
			.then(
				() => {
					status.textContent = "Copied.";
				},
				() => {
					status.textContent = "The browser does not let this page write to the clipboard.";
				},
			);
	const panel = element(
		"section",
		{ role: "dialog", "aria-label": "Ripen", popover: "manual", tabindex: "-1" },
		element(
			"header",
			{},
			element("h1", {}, "Ripen"),
			button("copy", "Copy", copy),
			button("close", "Close", close),
		),
		status,
		element("h2", {}, "Nudges"),
		nudges,
		element("h2", {}, "What was considered"),
		decisions,
		element("h2", {}, "How the person is seen"),
		view,
	);
	panel.addEventListener("keydown", ({ key }) => key === "Escape" && close());
	root.append(panel);
	document.body.append(host);
	panel.showPopover?.();
	panel.focus();
	watch(draw, over.signal);
	draw();
	// What is drawn last is over what was: what the page is opened to look at is over what says why.
	if (first) engine.preview(first).catch((error) => face.warn("nudge_failed", `${first}: ${error}`));
}
