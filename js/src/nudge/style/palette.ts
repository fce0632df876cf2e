/** The colours, light and dark. A host sets each by `--ripen-NAME`; docs/looks.md says what it is for. */
export const palette: Record<string, [light: string, dark: string]> = {
	background: ["#fff", "#1d2126"],
	text: ["#1c2024", "#f0f2f4"],
	"text-soft": ["#4d555e", "#b6bdc6"],
	line: ["#80868e", "#80868e"],
	border: ["#d9dde2", "#3a4048"],
	accent: ["#1f5fd1", "#8ab4f8"],
	"on-accent": ["#fff", "#0b1b33"],
	error: ["#b3261e", "#ffb4ab"],
	hover: ["#1018280f", "#ffffff14"],
	shade: ["#1018282e", "#0000008c"],
	backdrop: ["#10182880", "#0009"],
};

/** What the host's `color-scheme` comes to, for browsers without `light-dark()`. */
function isDark(host: Element): boolean {
	const { colorScheme } = getComputedStyle(host);
	return (
		/dark/.test(colorScheme) &&
		(!/light/.test(colorScheme) || matchMedia("(prefers-color-scheme: dark)").matches)
	);
}

/** The colours as custom properties of what is drawn, in the scheme of the host. */
export function coloursFor(host: Element): string {
	const follows = CSS.supports("color:light-dark(red,red)");
	const of = ([light, dark]: [string, string]) =>
		follows ? `light-dark(${light},${dark})` : isDark(host) ? dark : light;
	const rules = Object.entries(palette).map(([name, both]) => `--${name}:var(--ripen-${name},${of(both)})`);
	return `:host{${rules.join(";")}}`;
}
