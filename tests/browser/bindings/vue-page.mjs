// The page: hydrated where something is there, else rendered.
import * as ripen from "ripen";
import { appOf } from "./vue-app.mjs";

const { initialView, ...options } = JSON.parse(new URLSearchParams(location.search).get("app"));
const seen = [];
const mistakes = [];
for (const name of ["error", "warn"]) console[name] = (...words) => mistakes.push(words.join(" "));
let listening = 0;
const client = {
	...ripen,
	on(...args) {
		const end = ripen.on(...args);
		listening++;
		return () => {
			listening--;
			end();
		};
	},
};
options.onWarning = ({ code }) => mistakes.push(code);
const isServed = document.querySelector("main").hasChildNodes();
const app = appOf(client, { writeKey: "wk", isServed, ...options }, initialView, seen);
app.mount("main");
Object.assign(window, { ripen, seen, mistakes, app, listening: () => listening });
