import { useState } from "preact/hooks";
import { clock } from "../clock/clock";
import { ClockFace } from "./ClockFace";
import { Part } from "./Part";
import { startOver } from "./start-over";

const HOUR = 3_600_000;
const steps = [
	{ name: "Next hour", length: HOUR },
	{ name: "Next day", length: 24 * HOUR },
	{ name: "Next week", length: 7 * 24 * HOUR },
];

/** Moves the clock that the product and Ripen read, and nothing else. */
export function Clock() {
	const [asking, setAsking] = useState(false);
	return (
		<Part title="Clock">
			<ClockFace />
			<div class="steps">
				{steps.map(({ name, length }) => (
					<button key={name} type="button" class="panel-button" onClick={() => clock.advance(length)}>
						{name}
					</button>
				))}
			</div>
			<p class="remark">
				Moves time and nothing else. It never runs backwards for a person.{" "}
				{!asking && (
					<button type="button" class="panel-link" onClick={() => setAsking(true)}>
						Start over
					</button>
				)}
			</p>
			{asking && (
				<div class="ask">
					<p>This erases your workspace in this browser, and the clock is right again.</p>
					<div class="steps">
						<button type="button" class="panel-button panel-strong" onClick={startOver}>
							Erase and start over
						</button>
						<button type="button" class="panel-button" onClick={() => setAsking(false)}>
							Keep it
						</button>
					</div>
				</div>
			)}
		</Part>
	);
}
