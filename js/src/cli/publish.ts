/** `ripen publish FILE` */
import type { Command } from "./commands.js";
import { Failure } from "./failure.js";
import { toStderr, toStdout } from "./output.js";
import { soundPlaybook } from "./playbook.js";
import { loadToolkit } from "./toolkit.js";

/** What the collector answers, of all that may be asked here. */
interface Answer {
	success?: boolean;
	message?: string;
	number?: number;
	before?: number;
	published?: boolean | number;
	unchanged?: boolean;
	link?: string;
}

/** Asks the collector by the token; a refusal is something the user can put right. */
async function ask(collector: string, path: string, token: string, init: RequestInit = {}) {
	const url = `${collector.replace(/\/$/, "")}${path}`;
	const headers = { authorization: `Bearer ${token}`, ...init.headers };
	let response: Response;
	try {
		response = await fetch(url, { ...init, headers, redirect: "error" });
	} catch (error) {
		const { cause, message } = error as Error;
		throw new Failure(`${url} cannot be asked: ${cause instanceof Error ? cause.message : message}`);
	}
	const answer: Answer = await response.json().catch(() => ({}));
	if (!response.ok)
		throw new Failure(`the collector answers ${response.status}: ${answer.message ?? "no more than that"}`);
	return { answer, etag: response.headers.get("etag") };
}

export const publish: Command = {
	summary: "make a playbook what pages load, by a collector",
	help: `Usage: RIPEN_TOKEN=rpn_admin_… ripen publish FILE --collector URL [options]

Checks a playbook, and publishes it at once. "-" reads standard input. The token is of kind
admin (ripen-collector token create --kind admin); it is taken from the environment only.

Options
  --collector URL  where the collector is
  --note TEXT      what to say of the revision
  --expect NUMBER  only if this revision is published now (0: none yet); without it, the one
                   that is published when the command begins
  --draft          do not publish it: give it to a test audience, and print their link

Exit codes: 0 done; 1 the playbook has errors; 2 it could not be published.
`,
	options: {
		collector: { type: "string" },
		note: { type: "string" },
		expect: { type: "string" },
		draft: { type: "boolean" },
	},
	async run({ values, files }) {
		const [file, ...more] = files;
		if (file === undefined || more.length > 0)
			throw new Failure("one playbook is needed (see ripen publish --help)");
		const { collector, note = "", expect, draft } = values;
		if (typeof collector !== "string")
			throw new Failure("where is the collector? --collector URL (see ripen publish --help)");
		const token = process.env.RIPEN_TOKEN;
		if (!token)
			throw new Failure("there is no token in RIPEN_TOKEN (ripen-collector token create --kind admin)");
		if (expect !== undefined && !/^\d+$/.test(`${expect}`))
			throw new Failure(`--expect is the number of a revision, not ${expect}`);
		const text = await soundPlaybook(await loadToolkit(), file);
		if (text === undefined) return 1;
		const query = new URLSearchParams({ note: `${note}` });
		if (draft) {
			const { answer } = await ask(collector, `/v1/playbooks?${query}`, token, {
				method: "POST",
				body: text,
			});
			const begun = await ask(collector, `/v1/playbooks/${answer.number}/draft`, token, { method: "POST" });
			await toStderr(`revision ${answer.number} is the draft; add this to the address of a page:\n`);
			await toStdout(`${begun.answer.link}\n`);
			return 0;
		}
		const known = expect === undefined ? (await ask(collector, "/v1/playbooks", token)).etag : `"${expect}"`;
		query.set("publish", "true");
		const { answer } = await ask(collector, `/v1/playbooks?${query}`, token, {
			method: "POST",
			body: text,
			headers: { "if-match": known ?? "*" },
		});
		const before = answer.before ? ` in place of ${answer.before}` : "";
		await toStdout(
			answer.unchanged
				? `revision ${answer.number} means the same and is published already\n`
				: `revision ${answer.number} is published${before}\n`,
		);
		return 0;
	},
};
