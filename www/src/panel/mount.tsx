import "./styles/panel.css";
import "./styles/clock.css";
import "./styles/ladders.css";
import "./styles/lists.css";
import { render } from "preact";
import { startFeed } from "./feed";
import { Panel } from "./Panel";

/** Puts the panel beside the product. It listens to Ripen as anybody may, and the product does not know of it. */
export function mountPanel(root: HTMLElement | null): void {
	if (!root) return;
	startFeed();
	render(<Panel />, root);
}
