/** The known name that a mistyped one was probably meant to be. */
export function nearest(typed: string, known: string[]): string | undefined {
	const most = Math.max(1, Math.floor(typed.length / 3));
	const [first] = known
		.map((name) => ({ name, edits: edits(typed, name) }))
		.filter((each) => each.edits <= most)
		.sort((a, b) => a.edits - b.edits);
	return first?.name;
}

/** Levenshtein distance, swapped neighbours counting as one edit (optimal string alignment). */
function edits(a: string, b: string): number {
	const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
	const cell = (row: number, column: number) => rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
	for (let i = 1; i <= a.length; i += 1) {
		const row = [i];
		rows.push(row);
		for (let j = 1; j <= b.length; j += 1) {
			const replaced = cell(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
			const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? cell(i - 2, j - 2) + 1 : replaced;
			row.push(Math.min(cell(i - 1, j) + 1, (row[j - 1] ?? 0) + 1, replaced, swapped));
		}
	}
	return cell(a.length, b.length);
}
