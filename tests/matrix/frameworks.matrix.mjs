// The packed package in frameworks that render on a server first: what they send has what a server can say, no error of
// `window` or `document` comes of it, and in the browser it goes on.
import { applications } from "./bundlers/application.mjs";

applications([
	{
		title: "C26 Vue, by its composables, built by Vite",
		app: "vue",
		build: [["vite", "build"]],
		served: "dist",
	},
	{
		title: "C21 C26 Next, built: pages of server components in a provider, which streams them",
		app: "next",
		build: [["next", "build"]],
		start: ["next", "start", "--hostname", "127.0.0.1", "--port", "0"],
		policy: undefined,
	},
	{
		title: "C21 C22 Next's development server, under StrictMode",
		app: "next",
		start: ["next", "dev", "--hostname", "127.0.0.1", "--port", "0"],
		policy: undefined,
	},
	{
		title: "C21 C26 SvelteKit, by stores, rendered on its server and hydrated",
		app: "sveltekit",
		assets: "static",
		build: [["vite", "build"]],
		start: ["node", "build"],
		policy: undefined,
	},
]);
