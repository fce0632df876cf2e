import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
	title: string;
	onClose: () => void;
	children: ComponentChildren;
}

/** A modal dialog by the platform's own element: focus stays inside, Escape closes, focus goes back. */
export function Dialog({ title, onClose, children }: Props) {
	const element = useRef<HTMLDialogElement>(null);
	const heading = useId();

	useLayoutEffect(() => {
		const dialog = element.current;
		dialog?.showModal();
		// Where there is something to fill in, that comes before the cross that closes.
		dialog?.querySelector<HTMLElement>("input, select, textarea")?.focus();
		return () => dialog?.close();
	}, []);

	return (
		<dialog
			ref={element}
			class="dialog"
			aria-labelledby={heading}
			onCancel={(event) => {
				event.preventDefault();
				onClose();
			}}
			onPointerDown={(event) => {
				if (event.target === element.current) onClose();
			}}
		>
			<div class="dialog-body">
				<header class="dialog-head">
					<h2 id={heading}>{title}</h2>
					<button type="button" class="icon-button" aria-label="Close" onClick={onClose}>
						<Icon name="close" />
					</button>
				</header>
				{children}
			</div>
		</dialog>
	);
}
