/** What a request's body is once it is unpacked. */
import { gunzipSync } from "node:zlib";

const fromBase64 = (text) => Buffer.from(text, "base64").toString("utf8");

export function opened(bytes) {
	const zipped = bytes[0] === 0x1f && bytes[1] === 0x8b;
	const text = (zipped ? gunzipSync(bytes) : bytes).toString("utf8");
	return {
		text,
		fromBase64,
		/** Read only by those who send forms. */
		get form() {
			return new URLSearchParams(text);
		},
	};
}
