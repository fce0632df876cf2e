import Shepherd from "shepherd.js";
import style from "shepherd.js/dist/css/shepherd.css";

export const element = ".shepherd-element";

let shown;

export function start() {
	document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
}

export const isReady = () => true;

export function show() {
	shown = new Shepherd.Tour({ useModalOverlay: false });
	shown.addStep({
		title: "Due dates are here",
		text: "Choose one, and we remind you a day before.",
		attachTo: { element: "#target", on: "bottom" },
		buttons: [{ text: "Close", action: () => shown.complete() }],
	});
	shown.start();
}

export const hide = () => shown.complete();
