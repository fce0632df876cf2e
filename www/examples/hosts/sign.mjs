// Node: what your server gives the page of who has signed in. `docs/identity.md` says how the page uses it.
import { createHmac } from "node:crypto";

/** Says for good that the user is who they are: for `identify(userId, traits, { signature })`. */
export function signatureOf(userId, secret = process.env.RIPEN_SIGNING_SECRET) {
	return createHmac("sha256", secret).update(userId).digest("hex");
}

/** Says for good that the user belongs to the account: for `group(account, traits, { signature })`. */
export function membershipOf(userId, account, secret = process.env.RIPEN_SIGNING_SECRET) {
	return createHmac("sha256", `${secret}/account`).update(`${userId}\0${account}`).digest("hex");
}

/**
 * Says who the user is, and to which account they belong if you give it, until `exp` (seconds since 1970): for
 * `init({ token })`. Any library for JSON Web Tokens (HS256) does the same.
 */
export function tokenOf(userId, exp, account, secret = process.env.RIPEN_TOKEN_SECRET) {
	const encode = (json) => Buffer.from(JSON.stringify(json)).toString("base64url");
	const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode({ sub: userId, exp, account })}`;
	return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

// node sign.mjs USER, USER member ACCOUNT, or USER EXP [ACCOUNT]
if (process.argv[1]?.endsWith("sign.mjs")) {
	const [userId, what, account] = process.argv.slice(2);
	if (!what) console.log(signatureOf(userId));
	else
		console.log(what === "member" ? membershipOf(userId, account) : tokenOf(userId, Number(what), account));
}
