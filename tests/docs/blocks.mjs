/** The fenced blocks of a page: ```` ```json part ```` is one of language `json` and use `part`. */
export function blocksOf(text) {
	const found = [];
	for (const [, info, body] of text.matchAll(/^```(.*)\n([\s\S]*?)^```$/gm)) {
		const [language, use = ""] = info.trim().split(/\s+/);
		found.push({ language, use, body });
	}
	return found;
}

/** Parts of a playbook as one: what stands in the same section goes together. */
export function together(parts) {
	const whole = {};
	for (const part of parts) {
		for (const [name, section] of Object.entries(JSON.parse(part))) {
			const plain = typeof section === "object" && !Array.isArray(section);
			whole[name] = plain ? { ...whole[name], ...section } : section;
		}
	}
	return whole;
}
