// What the tests of `ripen/vue` render, on a server and in the page.
import { ripen, useNudge, useRipen, useStage, useView } from "ripen/vue";
import { createApp, createSSRApp, defineComponent, h, ref, resolveComponent, watchEffect } from "vue";

const Journey = defineComponent(
	({ seen }) => {
		const stage = useStage("journey");
		const counts = useView(({ signals }) => ({ tasks: signals.tasks }));
		useRipen().track("project_created");
		return () => {
			seen.push(`${stage.value} ${counts.value?.tasks}`);
			return h("p", `${stage.value ?? "unknown"} ${counts.value?.tasks ?? "no"} tasks`);
		};
	},
	{ props: ["seen"] },
);

/** Drawn by the host. */
const Hint = defineComponent(() => {
	const nudge = useNudge("hint");
	watchEffect(() => nudge.value?.report("shown"), { flush: "post" });
	return () => {
		const due = nudge.value;
		return (
			due &&
			h("section", { "aria-label": due.text("title") }, [
				h("button", { type: "button", onClick: () => due.report("dismissed") }, "Close"),
			])
		);
	};
});

/** The app, not mounted; `app.leave` takes the part with the composables out. */
export function appOf(client, { isServed = true, ...options }, initialView, seen) {
	const here = ref(true);
	const app = (isServed ? createSSRApp : createApp)(() => [
		here.value && h(Journey, { seen }),
		here.value && h(Hint),
		h(resolveComponent("RipenSlot"), { name: "sidebar", minHeight: 120, class: "side" }),
	]);
	app.config.warnHandler = (message) => seen.push(message);
	app.use(ripen(client, options, { initialView }));
	app.leave = () => {
		here.value = false;
	};
	return app;
}
