import type { ComponentChildren } from "preact";

interface Props {
	title: string;
	children: ComponentChildren;
}

/** What stands where there is nothing yet: what this place is for, and the first step. */
export function Empty({ title, children }: Props) {
	return (
		<div class="empty">
			<svg class="empty-stones" viewBox="0 0 96 56" aria-hidden="true">
				<ellipse cx="48" cy="46" rx="34" ry="8" />
				<ellipse cx="45" cy="31" rx="23" ry="7" />
				<ellipse cx="50" cy="17" rx="14" ry="6" class="empty-next" />
			</svg>
			<h2>{title}</h2>
			{children}
		</div>
	);
}
