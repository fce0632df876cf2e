interface Props {
	name: string;
	/** Has not joined yet. */
	waiting?: boolean;
}

/** Initials on a colour of one's own. The name beside it, or its title, says who it is. */
export function Avatar({ name, waiting = false }: Props) {
	const words = name.trim().split(/\s+/);
	const initials = (words[0]?.charAt(0) ?? "") + (words.length > 1 ? (words.at(-1)?.charAt(0) ?? "") : "");
	const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 6;
	return (
		<span class={`avatar tint-${tint}${waiting ? " avatar-waiting" : ""}`} aria-hidden="true" title={name}>
			{initials.toUpperCase()}
		</span>
	);
}
