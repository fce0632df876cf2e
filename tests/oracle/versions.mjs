// GrowthBook's order of versions: parts split at dots and hyphens, compared as text, whole numbers padded to align.

/** The text by which a version is compared; what is no version is "0". */
function comparable(value) {
	const text = typeof value === "number" ? `${value}` : value;
	const version = typeof text === "string" && text !== "" ? text : "0";
	const parts = version.replace(/^v|\+.*$/g, "").split(/[-.]/);
	// A release comes after its pre-releases: "~" is the last ASCII character.
	if (parts.length === 3) parts.push("~");
	return parts.map((part) => (/^[0-9]+$/.test(part) ? part.padStart(5) : part)).join("-");
}

/** Below 0, 0 or above: by UTF-16 units, as JavaScript compares strings. */
export function compareVersions(a, b) {
	const [left, right] = [comparable(a), comparable(b)];
	if (left === right) return 0;
	return left < right ? -1 : 1;
}
