/** Writing to the terminal, a file or a pipe, at the pace of who reads. */
import type { WriteStream } from "node:tty";

const colours = { red: 31, green: 32, yellow: 33, cyan: 36, bold: 1, dim: 2 };

/** Colours `text` where a person sees it and has not asked for none (no-color.org). */
export function paint(text: string, colour: keyof typeof colours, stream: WriteStream): string {
	return stream.isTTY && !process.env.NO_COLOR ? `\x1b[${colours[colour]}m${text}\x1b[0m` : text;
}

/** Writes and waits until the reader has taken it. A reader that has gone (`| head`) ends the program, quietly. */
function write(stream: WriteStream, data: string | Uint8Array): Promise<void> {
	return new Promise((resolve, reject) => {
		stream.write(data, (error) => {
			if (!error) return resolve();
			if ((error as NodeJS.ErrnoException).code === "EPIPE") process.exit(0);
			reject(error);
		});
	});
}

// The error reaches the callback of `write`; without a listener it would be thrown as well.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

export const toStderr = (text: string): Promise<void> => write(process.stderr, text);

/** Writes in pieces: a pipe's reader may stop early, and need not wait for the whole either. */
export async function toStdout(data: string | Uint8Array): Promise<void> {
	const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
	const piece = 64 * 1024;
	for (let from = 0; from < bytes.length; from += piece) {
		await write(process.stdout, bytes.subarray(from, from + piece));
	}
}
