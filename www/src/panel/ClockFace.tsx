import { clock } from "../clock/clock";
import { useNow } from "../clock/useNow";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", {
	weekday: "short",
	day: "numeric",
	month: "short",
	year: "numeric",
});
const shortDay = new Intl.DateTimeFormat("en-GB", { weekday: "short", day: "numeric", month: "short" });
const HOUR = 3_600_000;

/** The time that Ripen and the product believe it is. */
export function ClockFace({ brief = false }: { brief?: boolean }) {
	const now = useNow(1000);
	return (
		<time
			class={brief ? "face face-brief" : "face"}
			dateTime={new Date(now).toISOString()}
			data-testid="clock"
		>
			<span class="face-time">{time.format(now)}</span>
			<span class="face-day">{(brief ? shortDay : day).format(now).replace(",", "")}</span>
			{!brief && <span class="face-ahead">{ahead(clock.ahead)}</span>}
		</time>
	);
}

function ahead(milliseconds: number): string {
	const hours = Math.round(milliseconds / HOUR);
	if (hours === 0) return "the system's time";
	const days = Math.floor(hours / 24);
	const rest = hours % 24;
	const words = [];
	if (days > 0) words.push(`${days} ${days === 1 ? "day" : "days"}`);
	if (rest > 0) words.push(`${rest} ${rest === 1 ? "hour" : "hours"}`);
	return `${words.join(" ")} ahead`;
}
