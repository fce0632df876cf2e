/** A value with bytes in it as text: JSON, in which bytes are base64. */
export const encoded = (value: unknown): string =>
	JSON.stringify(value, (_, part) => {
		if (!(part instanceof Uint8Array)) return part;
		let text = "";
		for (const byte of part) text += String.fromCharCode(byte);
		return { bytes64: btoa(text) };
	});

/** Undefined for what is absent or was damaged. */
export function decoded<T>(text: string | null): T | undefined {
	try {
		return JSON.parse(text ?? "", (_, part) =>
			typeof part?.bytes64 === "string"
				? Uint8Array.from(atob(part.bytes64), (char) => char.charCodeAt(0))
				: part,
		);
	} catch {
		return undefined;
	}
}
