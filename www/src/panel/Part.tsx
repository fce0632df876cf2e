import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface Props {
	title: string;
	/** Said beside the title, where there is something to count. */
	note?: string | undefined;
	children: ComponentChildren;
}

/** One part of the panel: a named region. */
export function Part({ title, note, children }: Props) {
	const id = useId();
	return (
		<section class="part" aria-labelledby={id}>
			<header class="part-head">
				<h2 id={id}>{title}</h2>
				{note && <span class="part-note">{note}</span>}
			</header>
			{children}
		</section>
	);
}
