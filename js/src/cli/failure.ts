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
