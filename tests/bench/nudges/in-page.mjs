// What runs in the page: marks for the trace, and the same nudge made by hand.

/** Marks the decision of each showing, when it is on screen, and what it has moved. `window.phase` names the showing. */
export function prepare() {
	window.moved = 0;
	window.long = [];
	window.due = (event) => window.ripen.track(event);
	const observe = (type, seen) =>
		new PerformanceObserver((list) => list.getEntries().forEach(seen)).observe({ type });
	observe("layout-shift", ({ value }) => {
		window.moved += value;
	});
	observe("longtask", ({ duration }) => window.long.push(duration));
	window.ripen.on("decision", ({ won }) => won && performance.mark(`${window.phase}: decided`));
	/** Resolves when what is in the page now has been painted, and all that was asked for in that frame too. */
	window.painted = () =>
		new Promise((done) =>
			requestAnimationFrame(() =>
				requestAnimationFrame(() => {
					const { port1, port2 } = new MessageChannel();
					port1.onmessage = done;
					port2.postMessage(0);
				}),
			),
		);
	const there = (name) => document.querySelector(name)?.shadowRoot;
	const frame = () => new Promise(requestAnimationFrame);
	window.showing = (name) =>
		new Promise((done) => {
			// Nothing is asked of it that would have it laid out before its frame.
			const changes = new MutationObserver(async () => {
				if (!there(name)) return;
				changes.disconnect();
				while (!there(name).querySelector(".card, .hotspot")) await frame();
				await window.painted();
				performance.mark(`${window.phase}: on screen`);
				done();
			});
			changes.observe(document, { subtree: true, childList: true });
		});
}

/** Keeps what is on screen as a page would have it that was written for it alone: its markup, its styles, its layer. */
export function keep() {
	const host = document.querySelector("ripen-nudge");
	const { shadowRoot: root } = host;
	const rules = root.adoptedStyleSheets.flatMap(({ cssRules }) => [...cssRules].map((rule) => rule.cssText));
	const open = [...root.querySelectorAll("dialog[open], :popover-open")];
	for (const each of open) each.setAttribute("data-open", "");
	const parent = host.parentElement.localName === "ripen-slot" ? "ripen-slot" : host.parentElement.localName;
	const html = root.innerHTML.replace(/(<dialog[^>]*) open=""/g, "$1");
	window.kept = { html, rules: rules.join("\n"), parent };
	/** The same by hand: no words to look up, nobody to tell, nothing to wait for. */
	window.byHand = () => {
		performance.mark(`${window.phase}: decided`);
		const { html, rules, parent } = window.kept;
		const host = document.createElement("x-floor");
		const root = host.attachShadow({ mode: "open" });
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		root.adoptedStyleSheets = [sheet];
		root.innerHTML = html;
		document.querySelector(parent).prepend(host);
		for (const each of root.querySelectorAll("[data-open]"))
			if (each.localName === "dialog") each.showModal();
			else each.showPopover({ source: document.querySelector("#date") });
	};
}
