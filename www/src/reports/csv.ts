/** Starts of cells that spreadsheets take for formulas. */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180, with a byte order mark, since spreadsheets take UTF-8 for something else without one. */
export function csv(rows: string[][]): string {
	return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

function cell(text: string): string {
	// A task called "=HYPERLINK(…)" is to stay a task when somebody opens the file.
	const safe = FORMULA.test(text) ? `'${text}` : text;
	return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
