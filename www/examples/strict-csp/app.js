import { init, track } from "/ripen/index.js";

init({ writeKey: "demo", playbook: "/playbook.ripen" });
document.querySelector("#new").onclick = () => track("project_created");
