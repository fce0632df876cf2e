import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
	label: string;
	hint?: string | undefined;
	error?: string | undefined;
	/** Gets the ids to put on the control. */
	children: (ids: { id: string; describedBy: string | undefined }) => ComponentChildren;
}

/** A label, its control, and what is said about it. */
export function Field({ label, hint, error, children }: Props) {
	const id = useId();
	const note = error ?? hint;
	return (
		<div class="field">
			<label for={id}>{label}</label>
			{children({ id, describedBy: note ? `${id}-note` : undefined })}
			{note && (
				<p id={`${id}-note`} class={error ? "note note-error" : "note"} role={error ? "alert" : undefined}>
					{note}
				</p>
			)}
		</div>
	);
}
