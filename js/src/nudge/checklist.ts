import type { Json } from "../types.js";
import { element } from "./element.js";
import type { Frame } from "./frame.js";
import { icon, tick } from "./icon.js";
import { listOf, own } from "./own.js";
import { linkTo, safeUrl } from "./safe-url.js";
import { stepped } from "./step.js";
import { goesByItself } from "./toast.js";

/** How far somebody is in a step: what there is, of what is wanted. */
function progressOf(step: Json, { page }: Frame): [number, number] {
	const view = page.view();
	const [segment, signal] = ["segment", "signal"].map((name) => own(step, name));
	if (typeof segment === "string") return [Number(view?.segments.includes(segment) ?? false), 1];
	const wanted = Number(own(step, "at_least") ?? 1);
	const value = Number(view?.signals[String(signal)] ?? 0);
	return [Math.min(Number.isFinite(value) ? value : 0, wanted), wanted];
}

/** Steps that tick themselves off as what they wait for happens; each is told as it does. */
export function checklistOf(frame: Frame): HTMLElement {
	const { nudge, wording, page, root, over, say } = frame;
	const steps: Json[] = listOf(nudge.steps);
	const bar = element("progress", { part: "progress", max: steps.length, "aria-labelledby": "title" });
	const count = element("span", { class: "small", part: "count" });
	const list = element("ol", { class: "steps", part: "steps" });
	const ticked = wording.text("done") || "Done";

	const rowOf = (step: Json, is: number, wanted: number) => {
		const done = is >= wanted;
		const id = String(own(step, "id"));
		const title = wording.text("steps", id, "title") || id;
		const url = done ? undefined : safeUrl(own(step, "open"));
		const mark = element("span", {
			class: "mark",
			part: "mark",
			role: done && "img",
			"aria-label": done && ticked,
		});
		if (done) mark.append(icon(tick));
		const body = done ? [] : wording.rich("steps", id, "body");
		const text = element(
			"div",
			{},
			url ? element("a", linkTo(url), title) : title,
			!done && wanted > 1 && element("span", { class: "small" }, ` ${is} / ${wanted}`),
			body.length && element("div", { class: "body small" }, ...body),
		);
		const row = element("li", { class: done && "done", part: "step" }, mark, text);
		// No answer yet: that is to have done them all.
		row.addEventListener("click", ({ target }) => {
			if ((target as Element).closest("a")) stepped(frame, step);
		});
		return { row, title };
	};

	/** All of it is done: that is the answer. It is still to be seen for a while. */
	const finish = () => {
		if (over.aborted) return;
		frame.settle("acted", { action: "done" });
		goesByItself(frame);
	};
	const drawn: string[] = [];
	const draw = () => {
		const news: string[] = [];
		const { activeElement } = root;
		let done = 0;
		steps.forEach((step, at) => {
			const [is, wanted] = progressOf(step, frame);
			if (is >= wanted) done++;
			const now = `${is} / ${wanted}`;
			const before = drawn[at];
			// What has not changed stays as it is: somebody may be in it.
			if (before === now) return;
			const { row, title } = rowOf(step, is, wanted);
			if (before) list.children[at]?.replaceWith(row);
			else list.append(row);
			if (before && is >= wanted) news.push(`${title}: ${ticked}`);
			drawn[at] = now;
		});
		const isDone = done === steps.length;
		// Now, before its condition, which may say the same, takes it away; but it has to be drawn first.
		if (isDone && bar.value < done) list.isConnected ? finish() : queueMicrotask(finish);
		bar.value = done;
		count.textContent = `${isDone ? `${ticked}: ` : ""}${done} / ${steps.length}`;
		if (news.length) say([...news, count.textContent].join(", "));
		// Who was at a link that is gone goes on at the next, rather than at the beginning of the page.
		if (activeElement && !activeElement.isConnected)
			(list.querySelector("a") ?? root.querySelector<HTMLElement>(".close"))?.focus();
	};
	draw();
	page.watch(draw, over);
	return element("div", {}, element("div", { class: "bar" }, bar, count), list);
}
