import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./Icon";

interface Props {
	label: string;
	actions: { name: string; danger?: boolean; act: () => void }[];
}

/** The few things that are seldom done, behind three dots. */
export function ActionMenu({ label, actions }: Props) {
	const [open, setOpen] = useState(false);
	const root = useRef<HTMLDivElement>(null);

	useEffect(() => {
		if (!open) return;
		const outside = (event: Event) => {
			if (!root.current?.contains(event.target as Node)) setOpen(false);
		};
		const byKey = (event: KeyboardEvent) => {
			if (event.key !== "Escape") return;
			setOpen(false);
			root.current?.querySelector("button")?.focus();
		};
		addEventListener("keydown", byKey);
		addEventListener("pointerdown", outside);
		addEventListener("focusin", outside);
		return () => {
			removeEventListener("keydown", byKey);
			removeEventListener("pointerdown", outside);
			removeEventListener("focusin", outside);
		};
	}, [open]);

	return (
		<div class="menu" ref={root}>
			<button
				type="button"
				class="icon-button"
				aria-label={label}
				aria-expanded={open}
				onClick={() => setOpen(!open)}
			>
				<Icon name="more" />
			</button>
			{open && (
				<ul class="menu-list">
					{actions.map(({ name, danger, act }) => (
						<li key={name}>
							<button
								type="button"
								class={danger ? "danger" : undefined}
								onClick={() => {
									setOpen(false);
									act();
								}}
							>
								{name}
							</button>
						</li>
					))}
				</ul>
			)}
		</div>
	);
}
