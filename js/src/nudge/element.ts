type Attributes = Record<string, string | boolean | undefined>;

/** An element with text, by createElement and textContent only: nothing is ever parsed as HTML (C26, C40). */
export function element<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...children: (string | Node | undefined)[]
): HTMLElementTagNameMap[Name] {
	const made = document.createElement(name);
	for (const [key, value] of Object.entries(attributes))
		if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : value);
	for (const child of children) if (child) made.append(child);
	return made;
}
