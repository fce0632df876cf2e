type Attributes = Record<string, string | number | boolean | undefined>;

/** What is no node and no text is left out. */
export type Child = string | Node | undefined | false | 0;

/** An element with text, by createElement and textContent only: nothing is ever parsed as HTML (C26, C40). */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...children: Child[]
): HTMLElementTagNameMap[Name] {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : `${value}`);
	for (const child of children) if (child) made.append(child);
	return made;
}

/** A button that is drawn as such, and can be found by hosts' style sheets (`::part`). */
export function button(
	part: string,
	label: string,
	press: () => void,
	attributes: Attributes = {},
): HTMLButtonElement {
	const made = element("button", { type: "button", part, ...attributes }, label);
	made.addEventListener("click", press);
	return made;
}
