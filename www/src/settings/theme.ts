export type Theme = "system" | "light" | "dark";

const KEY = "cairn.theme";

export function readTheme(): Theme {
	try {
		const theme = localStorage.getItem(KEY);
		return theme === "light" || theme === "dark" ? theme : "system";
	} catch {
		return "system";
	}
}

/** Colours follow `color-scheme` (by `light-dark()` in the style sheets), so that is all there is to set. */
export function applyTheme(theme: Theme = readTheme()): void {
	document.documentElement.setAttribute("data-theme", theme);
}

export function chooseTheme(theme: Theme): void {
	try {
		if (theme === "system") localStorage.removeItem(KEY);
		else localStorage.setItem(KEY, theme);
	} catch {
		// It holds for this page then.
	}
	applyTheme(theme);
}
