const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** Random base62 characters (the bias of the modulo is harmless: ids need to differ, not to be secret). */
export function randomId(length: number): string {
	let id = "";
	for (const byte of crypto.getRandomValues(new Uint8Array(length))) id += alphabet[byte % 62];
	return id;
}
