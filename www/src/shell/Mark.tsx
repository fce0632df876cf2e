/** The mark: a cairn of three stones, the topmost in another light. */
export function Mark() {
	return (
		<svg class="mark" viewBox="0 0 32 28" aria-hidden="true">
			<ellipse cx="16" cy="22" rx="13" ry="4.8" />
			<ellipse cx="14.8" cy="12.6" rx="9" ry="4" />
			<ellipse cx="17" cy="4.4" rx="5.4" ry="3.2" class="mark-top" />
		</svg>
	);
}
