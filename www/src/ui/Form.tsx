import type { ComponentChildren } from "preact";

interface Props {
	class?: string;
	/** Id of the heading that names it. */
	labelledBy?: string;
	label?: string;
	/** Gets what reads a field by its name, trimmed; "" where there is none. */
	onSubmit: (text: (name: string) => string, form: HTMLFormElement) => void;
	onInput?: () => void;
	children: ComponentChildren;
}

/** A form that the page answers itself. */
export function Form({ class: look = "form", labelledBy, label, onSubmit, onInput, children }: Props) {
	return (
		<form
			class={look}
			aria-label={label}
			aria-labelledby={labelledBy}
			onInput={onInput}
			onSubmit={(event) => {
				event.preventDefault();
				const form = event.currentTarget;
				const fields = new FormData(form);
				onSubmit((name) => String(fields.get(name) ?? "").trim(), form);
			}}
		>
			{children}
		</form>
	);
}
