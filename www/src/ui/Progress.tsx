interface Props {
	done: number;
	all: number;
	/** What the bar is about, for those who hear it. */
	label: string;
}

export function Progress({ done, all, label }: Props) {
	return <progress class="progress" value={done} max={Math.max(all, 1)} aria-label={label} />;
}
