const svg = "http://www.w3.org/2000/svg";

/** Strokes in a square of 16, in the colour of the text. They say nothing: what has only an icon has a label, too. */
export function icon(strokes: string): SVGElement {
	const made = document.createElementNS(svg, "svg");
	made.setAttribute("viewBox", "0 0 16 16");
	made.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(svg, "path");
	path.setAttribute("d", strokes);
	made.append(path);
	return made;
}

export const cross = "M4 4l8 8m0-8l-8 8";
export const tick = "M3 8.5l3.5 3.5L13 5";
