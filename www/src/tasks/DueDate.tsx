import { type Day, dueInWords, urgency } from "../clock/days";

export function DueDate({ due, today }: { due: Day; today: Day }) {
	return (
		<time class={`due due-${urgency(due, today)}`} dateTime={due}>
			{dueInWords(due, today)}
		</time>
	);
}
