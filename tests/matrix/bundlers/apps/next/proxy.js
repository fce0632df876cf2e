import { NextResponse } from "next/server";

/** As Next's own guide has it: its inline scripts carry a nonce. For Ripen there is `'wasm-unsafe-eval'`, and no more. */
export function proxy(request) {
	// Its development server evaluates texts, and writes styles into the page.
	if (process.env.NODE_ENV === "development") return NextResponse.next();
	const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
	const policy = [
		"default-src 'self'",
		`script-src 'self' 'nonce-${nonce}' 'wasm-unsafe-eval'`,
		"style-src 'self'",
		"img-src 'self' data:",
		"connect-src 'self'",
	].join("; ");
	const headers = new Headers(request.headers);
	headers.set("x-nonce", nonce);
	headers.set("content-security-policy", policy);
	const response = NextResponse.next({ request: { headers } });
	response.headers.set("content-security-policy", policy);
	return response;
}
