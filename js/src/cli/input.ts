/** Reading files and standard input (`-`). */
import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { Failure } from "./failure.js";

/** What a message calls a file. */
export const nameOf = (path: string): string => (path === "-" ? "standard input" : path);

const reasons: Record<string, string> = {
	ENOENT: "there is no such file",
	EISDIR: "this is a folder, not a file",
	EACCES: "no permission to read it",
};

async function* pieces(path: string): AsyncGenerator<Buffer> {
	try {
		yield* path === "-" ? process.stdin : createReadStream(path, { highWaterMark: 1 << 18 });
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		throw new Failure(`${nameOf(path)}: ${reasons[code ?? ""] ?? message}`);
	}
}

/** The whole text of a file, which must be UTF-8. */
export async function textOf(path: string): Promise<string> {
	const all: Buffer[] = [];
	for await (const piece of pieces(path)) all.push(piece);
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(all));
	} catch {
		throw new Failure(`${nameOf(path)}: this is not text in UTF-8; is it a compiled playbook?`);
	}
}

/** The bytes of a file, piece by piece, unpacked if they are gzip: known by its first two bytes, not by its name. */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array> {
	const source = pieces(path);
	let head = Buffer.alloc(0);
	while (head.length < 2) {
		const next = await source.next();
		if (next.done) break;
		head = Buffer.concat([head, next.value]);
	}
	const whole = (async function* () {
		if (head.length > 0) yield head;
		yield* source;
	})();
	if (head[0] !== 0x1f || head[1] !== 0x8b) {
		yield* whole;
		return;
	}
	let readingFailed: unknown;
	const gunzip = createGunzip();
	pipeline(Readable.from(whole), gunzip, (error) => {
		if (error instanceof Failure) readingFailed = error;
	});
	try {
		yield* gunzip as AsyncIterable<Buffer>;
	} catch (error) {
		const { message } = error as Error;
		throw readingFailed ?? new Failure(`${nameOf(path)}: the gzip data is damaged or cut off (${message})`);
	}
}
