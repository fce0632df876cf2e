import "@fontsource-variable/figtree/wght.css";
import "./styles/index.css";
import { render } from "preact";
import { App } from "./App";
import { read } from "./backend/records";
import { sessionOf } from "./backend/session";
import { mountPanel } from "./panel/mount";
import { applyTheme } from "./settings/theme";
import { recognise, startSignals } from "./signals";

applyTheme();
startSignals();
// Before anything is said, so that the panel hears it all.
mountPanel(document.getElementById("panel"));

const session = sessionOf(read());
if (session) recognise(session.user, session.workspace);
const root = document.getElementById("product");
if (root) render(<App />, root);
