// The page: the app in the way that the address asks for. What is not said by `window.inits` and the like is on screen.
import { StrictMode } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import * as ripen from "ripen";
import { App } from "./react-app.jsx";

const { how, initialView, ...options } = JSON.parse(new URLSearchParams(location.search).get("app"));
const seen = [];
const warnings = [];
const mistakes = [];
for (const name of ["error", "warn"]) console[name] = (...words) => mistakes.push(words.join(" "));
Object.assign(window, { ripen, seen, warnings, mistakes, inits: 0 });
const client = {
	...ripen,
	init(options) {
		window.inits++;
		ripen.init(options);
	},
};
options.onWarning = ({ code }) => warnings.push(code);
const place = document.querySelector("main");
/** What the server had to wait for is here. */
const late = how === "stream" ? Promise.resolve() : undefined;
const app = (
	<App
		ripen={client}
		options={{ writeKey: "wk", ...options }}
		initialView={initialView}
		seen={seen}
		late={late}
	/>
);
if (how === "hydrate" || how === "stream") {
	window.served = place.innerHTML;
	window.root = hydrateRoot(place, app, {
		onRecoverableError: (error) => mistakes.push(String(error)),
	});
} else {
	window.root = createRoot(place);
	window.root.render(how === "strict" ? <StrictMode>{app}</StrictMode> : app);
}
