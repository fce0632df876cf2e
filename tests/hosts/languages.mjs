// What hosts sign, in each language, against the file that the collector is tried with, too.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const vectors = JSON.parse(readFileSync(file("tests/vectors/identity.json"), "utf8"));

/** Language → how its example is run, and the package that has it on Debian. */
export const languages = {
	"Node.js": { command: [process.execPath, "sign.mjs"], has: "--version" },
	Python: { command: ["python3", "sign.py"], has: "--version", apt: "python3" },
	Ruby: { command: ["ruby", "sign.rb"], has: "--version", apt: "ruby" },
	PHP: { command: ["php", "sign.php"], has: "--version", apt: "php-cli" },
	Go: { command: ["go", "run", "sign.go"], has: "version", apt: "golang-go" },
};

/** Whether the language is on this machine. */
export const isThere = ({ command, has }) => spawnSync(command[0], [has]).status === 0;

/** Runs a language's example over all vectors. */
export function tryOut({ command: [program, ...rest] }) {
	const env = {
		...process.env,
		RIPEN_SIGNING_SECRET: vectors.signingSecret,
		RIPEN_TOKEN_SECRET: vectors.tokenSecret,
		// Ruby and Python look at it; the ids are UTF-8 whatever the machine speaks.
		LC_ALL: "C.UTF-8",
	};
	const options = { cwd: file("www/examples/hosts"), env, encoding: "utf8" };
	const say = (...words) => execFileSync(program, [...rest, ...words], options).trim();
	assert.ok(vectors.signatures.length >= 5);
	for (const { userId, signature } of vectors.signatures) assert.equal(say(userId), signature, userId);
	assert.ok(vectors.memberships.length >= 5);
	for (const { userId, account, signature } of vectors.memberships)
		assert.equal(say(userId, "member", account), signature, `${userId} of ${account}`);
	for (const { userId, exp, account, token } of vectors.tokens)
		assert.equal(say(userId, `${exp}`, ...(account ? [account] : [])), token, userId);
}
