/**
 * Random digits and small letters, some five bits each (the bias of the modulo is harmless: ids need to differ, not to be
 * secret). An alphabet of more would be as long as all of this, in each page's first bytes.
 */
export function randomId(length: number): string {
	let id = "";
	for (const byte of crypto.getRandomValues(new Uint8Array(length))) id += (byte % 36).toString(36);
	return id;
}
