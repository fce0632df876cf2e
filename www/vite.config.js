import { defineConfig } from "vite";

/** What the collector sends with the product too; here so that `npm run preview` fails where production would. */
const policy = [
	"default-src 'self'",
	"script-src 'self' 'wasm-unsafe-eval'",
	"style-src 'self'",
	"img-src 'self' data:",
	"connect-src 'self'",
].join("; ");

export default defineConfig({
	// Relative, so that the product can be served from any folder: routes live in the hash.
	base: "./",
	build: {
		target: "es2022",
		// A `data:` font or module would be against the policy above.
		assetsInlineLimit: 0,
		// The polyfill is for browsers that have no WebAssembly either.
		modulePreload: { polyfill: false },
	},
	preview: { headers: { "content-security-policy": policy } },
});
