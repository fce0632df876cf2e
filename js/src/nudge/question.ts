import type { Json } from "../types.js";
import { element } from "./element.js";
import type { Frame } from "./frame.js";
import { keepKeys } from "./keys.js";
import { leadOf, receipt, sentWith } from "./lead.js";
import { listOf, own } from "./own.js";

/** So that an answer stays far below the size of an event. */
const longest = 2_000;

const optionsOf = (question: Json | undefined): string[] => {
	const options = own(question, "options");
	if (Array.isArray(options)) return listOf(options).map(String);
	const [from, to] = ["from", "to"].map((name) => Number(own(question, name)));
	const count = Math.min(10, Math.max(0, (to as number) - (from as number))) || 0;
	return Array.from({ length: count + 1 }, (_, at) => `${(from as number) + at}`);
};

/** One question, in a group that has its title as its name. */
function controlsOf(
	{ wording }: Frame,
	question: Json | undefined,
	type: Json | undefined,
	several: boolean,
) {
	if (type === "text")
		return element("textarea", {
			part: "input",
			name: "answer",
			required: true,
			maxlength: longest,
			"aria-labelledby": "title",
		});
	const isScale = type === "scale";
	const [low, high] = ["low", "high"].map((name) => wording.text(name));
	const options = optionsOf(question).map((value, at, { length }) => {
		// What the ends of a scale mean is said with them.
		const end = isScale && (at ? at === length - 1 && high : low);
		const attributes = {
			type: several ? "checkbox" : "radio",
			name: "answer",
			value,
			required: !several,
			"aria-label": end ? `${value}: ${end}` : undefined,
		};
		const shown = isScale ? value : wording.label("options", "question", value);
		return element("label", { part: "option" }, element("input", attributes), element("span", {}, shown));
	});
	const ends = [low, high].map((text) => element("span", { class: "small" }, text));
	return element(
		"div",
		{ class: `options ${type}`, role: several ? "group" : "radiogroup", "aria-labelledby": "title" },
		element("div", { class: "row", part: "options" }, ...options),
		isScale && element("div", { class: "ends", "aria-hidden": "true" }, ...ends),
	);
}

/** Asks; the answer is an event. Who is asked may also want to be talked to: then it is a lead, too. */
export function questionOf(frame: Frame, actions: HTMLElement[]): HTMLElement {
	const { nudge, wording, page, root, settle } = frame;
	const { question } = nudge;
	const type = own(question, "type");
	const several = own(question, "several") === true;
	const talk = element("input", { type: "checkbox", name: "talk" });
	const mayTalk =
		own(question, "talk") === true &&
		element("label", { class: "talk", part: "option" }, talk, wording.text("talk"));
	const thanks = receipt(frame);
	const form = element(
		"form",
		{ part: "form" },
		controlsOf(frame, question, type, several),
		mayTalk,
		mayTalk && sentWith(frame),
		element(
			"div",
			{ class: "actions", part: "actions" },
			element("button", { class: "primary", part: "submit" }, wording.text("submit") || "Send"),
			...actions,
		),
	);
	keepKeys(form);
	// Of several one is needed; the browser says so in its own words.
	const boxes = [...form.querySelectorAll<HTMLInputElement>('[name="answer"][type="checkbox"]')];
	const demand = () => {
		if (boxes[0]) boxes[0].required = boxes.every(({ checked }) => !checked);
	};
	form.addEventListener("change", demand);
	demand();
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const answers = new FormData(form).getAll("answer").map(String);
		const [first = ""] = answers;
		const answer = type === "scale" ? Number(first) : several ? answers : first;
		if (!answers.join("").trim()) return;
		const { id, variant } = nudge;
		page.track("$nudge_answered", { nudge: id, variant, answer, ...(talk.checked && { talk: true }) });
		if (talk.checked) page.track("$lead_submitted", leadOf(frame, { answer }));
		settle("acted", { action: "submit" });
		// What had the focus goes.
		root.querySelector<HTMLElement>(".close")?.focus();
		form.remove();
		thanks.say();
	});
	return element("div", {}, form, thanks.node);
}
