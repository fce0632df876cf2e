import { useState } from "preact/hooks";
import { Clock } from "./Clock";
import { ClockFace } from "./ClockFace";
import { Decisions } from "./Decisions";
import { Delivery } from "./Delivery";
import { Events } from "./Events";
import { useFeed } from "./feed";
import { readOpen, writeOpen } from "./open";
import { Signals } from "./Signals";
import { Stages } from "./Stages";

/** The drawer. Folded, it still shows what time Ripen believes it is. */
export function Panel() {
	const [open, setOpen] = useState(readOpen);
	const feed = useFeed();
	const toggle = () => {
		writeOpen(!open);
		setOpen(!open);
	};

	return (
		<div class="panel" data-open={open}>
			<div class="panel-bar">
				<button
					type="button"
					class="panel-toggle"
					aria-expanded={open}
					aria-controls="panel-content"
					onClick={toggle}
				>
					<svg class="panel-fold" viewBox="0 0 16 16" aria-hidden="true">
						<path d="m6 3 5 5-5 5" />
					</svg>
					<span>What Ripen sees</span>
				</button>
				{!open && <ClockFace brief />}
			</div>
			<div id="panel-content" class="panel-content" hidden={!open}>
				{open && (
					<>
						<Clock />
						<Events events={feed.events} />
						<Signals view={feed.view} />
						<Stages view={feed.view} />
						<Decisions decisions={feed.decisions} />
						<Delivery health={feed.health} />
					</>
				)}
			</div>
		</div>
	);
}
