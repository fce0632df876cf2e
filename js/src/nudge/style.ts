/** The look. A host changes it by the custom properties `--ripen-*`, which a shadow root lets through (C37). */
const css = `
:host { all: initial !important; display: contents !important; }
* { box-sizing: border-box; }
.card {
	--bg: var(--ripen-background, #fff); --fg: var(--ripen-text, #1c2024); --soft: var(--ripen-text-soft, #4d555e);
	--line: var(--ripen-line, #80868e); --accent: var(--ripen-accent, #1f5fd1); --on-accent: var(--ripen-on-accent, #fff);
	--error: var(--ripen-error, #b3261e);
	background: var(--bg); color: var(--fg); border: 1px solid var(--ripen-border, #d5d9de);
	border-radius: var(--ripen-radius, 12px); box-shadow: 0 8px 32px rgb(0 0 0 / .18);
	font: 400 1rem/1.5 var(--ripen-font, system-ui, sans-serif); padding: 1.25rem; overflow: auto; overflow-wrap: anywhere;
}
.banner {
	position: fixed; inset: auto 0 1rem; inset-inline-end: var(--ripen-inset-end, 0px); margin: 0 auto; z-index: 2147483647;
	width: min(40rem, calc(100vw - 2rem - var(--ripen-inset-end, 0px))); max-height: calc(100vh - 2rem);
	display: grid; grid-template-columns: 1fr auto; gap: .25rem 1rem;
}
.banner.top { inset-block: 1rem auto; }
.banner > :not(h2, .close) { grid-column: 1 / -1; }
dialog { width: min(30rem, calc(100vw - 2rem)); max-height: calc(100vh - 2rem); margin: auto; }
dialog::backdrop { background: rgb(0 0 0 / .5); }
h2 { font-size: 1.125rem; line-height: 1.35; margin: 0; }
dialog h2 { margin-inline-end: 2.5rem; }
p { margin: 0; color: var(--soft); white-space: pre-line; }
dialog p { margin-block: .5rem; }
.actions { display: flex; flex-wrap: wrap; gap: .5rem; margin-block-start: .75rem; }
button, a {
	font: inherit; font-weight: 600; min-height: 2.75rem; padding: .5rem 1rem; border-radius: calc(var(--ripen-radius, 12px) * .66);
	border: 1px solid var(--line); background: none; color: var(--fg); cursor: pointer; text-decoration: none;
}
a { display: inline-flex; align-items: center; }
.actions > :first-child { background: var(--accent); color: var(--on-accent); border-color: var(--accent); }
.close { border-color: transparent; padding: 0; width: 2.75rem; margin: -.5rem -.5rem -.5rem 0; }
dialog .close { float: inline-end; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
label { display: block; font-weight: 600; margin-block-start: .75rem; }
input, textarea, select {
	display: block; width: 100%; font: inherit; font-weight: 400; color: var(--fg); background: var(--bg); margin-block-start: .25rem;
	min-height: 2.75rem; padding: .5rem .75rem; border: 1px solid var(--line); border-radius: calc(var(--ripen-radius, 12px) * .5);
}
textarea { min-height: 6rem; resize: vertical; }
[aria-invalid="true"] { border-color: var(--error); }
.error { color: var(--error); margin-block: .25rem 0; }
p:empty { margin: 0; }
.small { font-size: .875rem; }
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (prefers-color-scheme: dark) {
	.card {
		--bg: var(--ripen-background, #1d2126); --fg: var(--ripen-text, #f0f2f4); --soft: var(--ripen-text-soft, #b6bdc6);
		--accent: var(--ripen-accent, #8ab4f8); --on-accent: var(--ripen-on-accent, #0b1b33); --error: var(--ripen-error, #ffb4ab);
		border-color: var(--ripen-border, #3a4048); color-scheme: dark;
	}
}
@media (prefers-reduced-motion: no-preference) {
	.card { animation: come .2s ease-out; }
	@keyframes come { from { opacity: 0; translate: 0 .5rem; } }
}
@media (forced-colors: active) { a { display: inline-flex; align-items: center; }
.actions > :first-child { border: 2px solid ButtonText; } }
`;

/** Puts the style sheet into a shadow root: a constructed one, which a strict CSP allows. */
export function dress(root: ShadowRoot): void {
	try {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(css);
		root.adoptedStyleSheets = [sheet];
	} catch {
		const style = document.createElement("style");
		style.textContent = css;
		root.append(style);
	}
}
