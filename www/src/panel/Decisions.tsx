import type { Considered, Decision } from "ripen";
import type { Numbered } from "./feed";
import { Part } from "./Part";
import { reasonInWords } from "./reasons";
import { Why } from "./Why";

const time = new Intl.DateTimeFormat("en-GB", { weekday: "short", hour: "2-digit", minute: "2-digit" });

export function Decisions({ decisions }: { decisions: Numbered[] }) {
	return (
		<Part title="Decisions" note={decisions.length > 0 ? "newest first" : undefined}>
			{decisions.length === 0 ? (
				<p class="remark">
					None yet. Whenever something happens that a nudge waits for, this says which one won, and what held
					back the others.
				</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
				<ol class="decisions" tabIndex={0} aria-label="Decisions, newest first">
					{decisions.map((decision) => (
						<li key={decision.number} class="decision" data-testid="decision">
							<p class="decision-head">
								<span>
									at <strong>{occasion(decision)}</strong>
								</span>
								<time dateTime={new Date(decision.at).toISOString()}>{time.format(decision.at)}</time>
							</p>
							<ul>
								{decision.considered.map((one) => (
									<li key={one.nudge} class={`considered considered-${one.verdict}`}>
										<p>
											<strong>{one.nudge}</strong> <span class="purpose">{one.purpose}</span>
											<span class="verdict">{verdict(one)}</span>
										</p>
										{one.by && <Why nudge={one.nudge} by={one.by} />}
									</li>
								))}
							</ul>
						</li>
					))}
				</ol>
			)}
		</Part>
	);
}

function occasion({ event, load, element, call }: Decision): string {
	return event ?? element ?? call ?? (load ? "page load" : "a moment, or the page");
}

function verdict({ verdict, by }: Considered): string {
	if (verdict === "won") return "won: it is shown";
	if (verdict === "outranked") return "outranked by another";
	return by ? `blocked: ${reasonInWords(by)}` : "blocked";
}
