import type { Json, Properties, View } from "../types.js";
import { element } from "./element.js";
import type { Frame } from "./frame.js";
import { keepKeys } from "./keys.js";
import { leadOf, receipt, sentWith } from "./lead.js";
import { listOf, own } from "./own.js";

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/**
 * In UTF-16 units, of which none takes more than three bytes: all fields together stay below what an event may have
 * (32 KB), the reasons beside them.
 */
enum Longest {
	Short = 200,
	Long = 5_000,
	All = 7_000,
}

/** No id that a playbook writes is one here: two forms, or a form and its title, would meet. */
let forms = 0;

/** A trait by its path in the view: `user.email`. */
function prefilled(path: string, view: View | undefined): string {
	const value = path.split(".").reduce(own, view?.traits as unknown as Json);
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function controlOf({ wording, page }: Frame, field: Json, name: string, id: string, long: number): Control {
	const shared = {
		part: "input",
		id,
		required: own(field, "required") === true,
		"aria-describedby": `${id}:error`,
	};
	const type = String(own(field, "type"));
	const options = own(field, "options");
	let control: Control;
	if (type === "long_text") control = element("textarea", { ...shared, maxlength: long });
	else if (type === "choice")
		control = element(
			"select",
			shared,
			element("option", { value: "" }),
			...listOf(options).map((option) => {
				const value = String(option);
				return element(
					"option",
					{ value },
					wording.text("options", name, value) || wording.label(name, value),
				);
			}),
		);
	else {
		const known = /^(email|tel)$/.test(type) && type;
		control = element("input", {
			...shared,
			type: known || "text",
			maxlength: Longest.Short,
			autocomplete: known,
		});
	}
	const prefill = own(field, "prefill");
	if (typeof prefill === "string") control.value = prefilled(prefill, page.view());
	return control;
}

/** The form of a "talk to us": on submit the lead is an event like any other, so it is durable offline too. */
export function formOf(frame: Frame, actions: HTMLElement[], sent: () => void): HTMLElement {
	const { nudge, wording, page, settle } = frame;
	const fields = listOf(own(nudge.form, "fields"));
	const isLong = (field: Json) => own(field, "type") === "long_text";
	const longs = fields.filter(isLong).length;
	const rest = Longest.All - Longest.Short * (fields.length - longs);
	const long = Math.max(Longest.Short, Math.min(Longest.Long, Math.floor(rest / longs)));
	const form = forms++;
	const rows = fields.map((field, at) => {
		const name = String(own(field, "name"));
		const id = `f${form}-${at}`;
		const control = controlOf(frame, field, name, id, long);
		const error = element("p", { class: "error small", part: "error", id: `${id}:error` });
		const label = element(
			"label",
			{ for: id, part: "label" },
			wording.label("fields", name),
			control.required ? " *" : "",
		);
		return { name, control, error, whole: element("div", { part: "field" }, label, control, error) };
	});
	const submit = element("button", { class: "primary", part: "submit" }, wording.text("submit") || "Send");
	const whole = element(
		"form",
		{ novalidate: true, part: "form" },
		...rows.map(({ whole }) => whole),
		element("div", { class: "small", part: "consent" }, ...wording.rich("consent")),
		sentWith(frame),
		element("div", { class: "actions", part: "actions" }, submit, ...actions),
	);
	/** The browser's own words, in its own language, beside the field. */
	const judge = ({ control, error }: (typeof rows)[number]) => {
		const valid = control.checkValidity();
		control.setAttribute("aria-invalid", String(!valid));
		error.textContent = control.validationMessage;
		return valid;
	};
	keepKeys(whole);
	whole.addEventListener("input", ({ target }) => {
		for (const row of rows) if (row.control === target && row.error.textContent) judge(row);
	});
	const thanks = receipt(frame);
	whole.addEventListener("submit", (event) => {
		event.preventDefault();
		const bad = rows.filter((row) => !judge(row));
		if (bad[0]) return bad[0].control.focus();
		const filled: Properties = Object.fromEntries(rows.map(({ name, control }) => [name, control.value]));
		page.track("$lead_submitted", leadOf(frame, filled));
		settle("acted", { action: "submit" });
		whole.remove();
		thanks.say();
		sent();
	});
	return element("div", {}, whole, thanks.node);
}
