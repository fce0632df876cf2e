import * as client from "ripen";
import { ripen, useRipen, useStage, useView } from "ripen/vue";
import { createApp, defineComponent, h, onScopeDispose, ref } from "vue";

const Journey = defineComponent(() => {
	const stage = useStage("journey");
	const state = useView((view) => view.state);
	const { flush, health, on, track } = useRipen();
	const engine = ref(health().engine);
	onScopeDispose(on("health", (health) => (engine.value = health.engine)));
	for (const title of ["Buy bread", "Bake a cake", "Invite Ada"]) track("task_created", { title });
	flush();
	const output = (id, text) => h("output", { id }, text);
	return () => [output("stage", stage.value), output("state", state.value), output("engine", engine.value)];
});

const place = document.createElement("main");
document.body.replaceChildren(place);
createApp(Journey)
	.use(ripen(client, { writeKey: "demo", playbook: "/playbook.ripen" }))
	.mount(place);
