/**
 * Something the user can put right: the message says what is wrong and how. Exit codes: 1, a playbook has mistakes;
 * 2, the command could not be carried out.
 */
export class Failure extends Error {
	readonly exitCode: number;

	constructor(message: string, exitCode = 2) {
		super(message);
		this.exitCode = exitCode;
	}
}

/** What a module answers; what it refuses, the user can put right. */
export function answerOf<T>(call: () => T): T {
	try {
		return call();
	} catch (error) {
		// A trap of the module is no Error of its own making.
		if (error instanceof WebAssembly.RuntimeError) throw error;
		throw new Failure((error as Error).message);
	}
}
