import { useEffect, useState } from "preact/hooks";
import { type Explanation, explain } from "ripen";

interface Props {
	nudge: string;
	/** The reason that the decision named. */
	by: string;
}

/** What a nudge was held back by, down to the signals: asked once, when the decision is shown. */
export function Why({ nudge, by }: Props) {
	const [reason, setReason] = useState<Explanation | "gone">();
	useEffect(() => {
		explain(`nudges.${nudge}`).then(
			([found]) => setReason(found?.parts?.find(({ id }) => id === by) ?? "gone"),
			() => {},
		);
	}, [nudge, by]);
	if (!reason) return null;
	return <ul class="why">{reason === "gone" ? <li>no longer so</li> : <Node of={reason} />}</ul>;
}

/** A node that says no, and below it those that make it so. */
function Node({ of }: { of: Explanation }) {
	const { kind, holds, parts = [], text, turns } = of;
	// Of what must not hold, it is what does that is in the way.
	const guilty = kind === "not" ? parts : parts.filter((part) => part.holds === false);
	return (
		<li>
			{holds === false ? "✗" : "✓"} {text}
			{turns !== undefined && <span class="turns"> turns by itself {time.format(turns)}</span>}
			{guilty.length > 0 && (
				<ul>
					{guilty.map((part) => (
						<Node key={part.text} of={part} />
					))}
				</ul>
			)}
		</li>
	);
}

const time = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short" });
