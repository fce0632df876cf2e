import type { Properties, View } from "../types.js";
import type { Frame } from "./draw.js";
import { element } from "./element.js";

type Field = { name: string; type?: string; required?: boolean; prefill?: string; options?: string[] };
type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** So that a lead stays below the size of an event. */
const longest = { short: "200", long: "5000" };

const autocomplete: Record<string, string> = { email: "email", tel: "tel" };

/** A trait by its path in the view: `user.email`. */
function prefilled(path: string | undefined, view: View | undefined): string {
	let value: unknown = view?.traits;
	for (const part of path?.split(".") ?? [])
		value = value && Object.hasOwn(value, part) ? (value as Properties)[part] : undefined;
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function controlOf({ nudge, copy, page }: Frame, field: Field): Control {
	const shared = {
		id: field.name,
		name: field.name,
		required: field.required,
		"aria-describedby": `${field.name}:error`,
	};
	let control: Control;
	if (field.type === "long_text") control = element("textarea", { ...shared, maxlength: longest.long });
	else if (field.type === "choice")
		control = element(
			"select",
			shared,
			element("option", { value: "" }),
			...(field.options ?? []).map((value) => element("option", { value }, copy.label(field.name, value))),
		);
	else {
		const type = /^(email|tel)$/.test(field.type ?? "") ? field.type : "text";
		control = element("input", {
			...shared,
			type,
			maxlength: longest.short,
			autocomplete: autocomplete[type ?? ""],
		});
	}
	if (nudge.form && field.prefill) control.value = prefilled(field.prefill, page.view());
	return control;
}

/** The form of a "talk to us": on submit the lead is an event like any other, so it is durable offline too. */
export function formOf(frame: Frame, actions: HTMLElement[], sent: () => void): HTMLElement {
	const { nudge, copy, page, settle } = frame;
	const controls: Control[] = [];
	const errors = new Map<Control, HTMLElement>();
	const rows = ((nudge.form?.fields ?? []) as unknown as Field[]).map((field) => {
		const control = controlOf(frame, field);
		const error = element("p", { class: "error small", id: `${field.name}:error` });
		controls.push(control);
		errors.set(control, error);
		const label = element(
			"label",
			{ for: field.name },
			copy.label("fields", field.name),
			field.required ? " *" : "",
		);
		return element("div", {}, label, control, error);
	});
	const form = element(
		"form",
		{ novalidate: true },
		...rows,
		element("p", { class: "small" }, copy.text("consent")),
		element("div", { class: "actions" }, element("button", {}, copy.text("submit") || "Send"), ...actions),
	);
	/** The browser's own words, in its own language, beside the field. */
	const judge = (control: Control) => {
		const valid = control.checkValidity();
		control.setAttribute("aria-invalid", String(!valid));
		(errors.get(control) as HTMLElement).textContent = control.validationMessage;
		return valid;
	};
	form.addEventListener("input", ({ target }) => {
		const control = target as Control;
		if (control.getAttribute("aria-invalid") === "true") judge(control);
	});
	const whole = element("div", {}, form);
	// There before the text is, so that the thanks are announced.
	const thanks = element("p", { role: "status" });
	whole.append(thanks);
	form.addEventListener("submit", (event) => {
		event.preventDefault();
		const bad = controls.filter((control) => !judge(control));
		if (bad[0]) return bad[0].focus();
		const { stages, segments, moments, signals } = page.view() ?? {};
		page.track("$lead_submitted", {
			nudge: nudge.id,
			variant: nudge.variant,
			fields: Object.fromEntries(controls.map(({ name, value }) => [name, value])),
			reasons: { stages, segments, moments, signals },
		});
		settle("acted", { action: "submit" });
		form.remove();
		thanks.textContent = copy.text("thanks") || "✓";
		sent();
	});
	return whole;
}
