import { driver } from "driver.js";
import style from "driver.js/dist/driver.css";

export const element = ".driver-popover";

let shown;

export function start() {
	document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}

export const isReady = () => true;

export function show() {
	shown = driver();
	shown.highlight({
		element: "#target",
		popover: {
			title: "Due dates are here",
			description: "Choose one, and we remind you a day before.",
			side: "bottom",
		},
	});
}

export const hide = () => shown.destroy();
