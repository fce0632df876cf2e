/** Puts rules into a shadow root: a constructed style sheet, which a strict CSP allows (C26). */
export function dress(root: ShadowRoot, rules: string): void {
	try {
		const sheet = new CSSStyleSheet();
		sheet.replaceSync(rules);
		root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
	} catch {
		const style = document.createElement("style");
		style.textContent = rules;
		root.append(style);
	}
}
