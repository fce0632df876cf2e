import type { Message } from "ripen";
import { Part } from "./Part";
import { properties } from "./properties";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** Events as they come, the newest on top, with a line wherever a day begins. */
export function Events({ events }: { events: Message[] }) {
	return (
		<Part title="Events" note={events.length > 0 ? "in this page load" : undefined}>
			{events.length === 0 ? (
				<p class="remark">Nothing yet. Each click that means something will be a line here.</p>
			) : (
				// biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reachable by keyboard
				<ol class="events" tabIndex={0} aria-label="Events, newest first">
					{events.map((message, index) => {
						const today = day.format(Date.parse(message.timestamp));
						const above = events[index - 1];
						const begins = !above || day.format(Date.parse(above.timestamp)) !== today;
						return (
							<li key={message.messageId} class="event" data-testid="event">
								{begins && <span class="event-day">{today}</span>}
								<time class="event-time" dateTime={message.timestamp}>
									{time.format(Date.parse(message.timestamp))}
								</time>
								<span class="event-words">
									<strong class={`event-name event-${message.type}`}>{nameOf(message)}</strong>{" "}
									<span class="event-properties">
										{properties(message.properties ?? message.traits ?? {})}
									</span>
								</span>
							</li>
						);
					})}
				</ol>
			)}
		</Part>
	);
}

function nameOf(message: Message): string {
	if (message.type === "track") return message.event ?? "track";
	if (message.type === "page" && message.name) return `page ${message.name}`;
	return message.type;
}
