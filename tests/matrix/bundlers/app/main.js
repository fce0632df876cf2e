import { flush, health, init, on, track, view } from "ripen";

const output = (id) => document.querySelector(`#${id}`);
const show = () => {
	output("stage").textContent = view()?.stages.journey;
	output("state").textContent = view()?.state;
	output("engine").textContent = health().engine;
};
on("change", show);
on("health", show);

init({ writeKey: "demo", playbook: "/playbook.ripen" });
for (const title of ["Buy bread", "Bake a cake", "Invite Ada"]) track("task_created", { title });
flush();
