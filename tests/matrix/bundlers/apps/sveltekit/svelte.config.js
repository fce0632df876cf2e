import adapter from "@sveltejs/adapter-node";

export default {
	kit: {
		adapter: adapter(),
		// SvelteKit's own inline script gets a nonce, and its announcer of routes has a style. For Ripen there is
		// `wasm-unsafe-eval`, and no more.
		csp: {
			mode: "nonce",
			directives: {
				"default-src": ["self"],
				"script-src": ["self", "wasm-unsafe-eval"],
				"style-src": ["self"],
				"style-src-attr": ["unsafe-hashes", "sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo="],
				"img-src": ["self", "data:"],
				"connect-src": ["self"],
			},
		},
	},
};
