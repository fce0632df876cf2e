// The page: hydrated where something is there, else rendered.
import * as ripen from "ripen";
import { stores } from "ripen/svelte";
import { hydrate, mount, unmount } from "svelte";
import Journey from "./Journey.svelte";

const { initialView, ...options } = JSON.parse(new URLSearchParams(location.search).get("app"));
const seen = [];
const mistakes = [];
for (const name of ["error", "warn"]) console[name] = (...words) => mistakes.push(words.join(" "));
options.onWarning = ({ code }) => mistakes.push(code);
const target = document.querySelector("main");
const isServed = target.hasChildNodes();
const { stage, nudge } = stores(ripen, { writeKey: "wk", ...options }, { initialView, hydrate: isServed });
const props = { journey: stage("journey"), nudge, seen };
const app = (isServed ? hydrate : mount)(Journey, { target, props });
Object.assign(window, { ripen, seen, mistakes, leave: () => unmount(app) });
