import type { ComponentChildren } from "preact";

interface Props {
	title: string;
	lead?: ComponentChildren;
	/** What is done on this page. */
	children?: ComponentChildren;
}

export function PageHead({ title, lead, children }: Props) {
	return (
		<header class="page-head">
			<div>
				<h1 tabIndex={-1}>{title}</h1>
				{lead && <p class="lead">{lead}</p>}
			</div>
			{children && <div class="page-actions">{children}</div>}
		</header>
	);
}
