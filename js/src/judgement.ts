import type { Decision, Judgement } from "./types.js";

const isWon = ({ verdict }: Judgement) => verdict === "won";

/** How many won, or would have. */
export const wins = ({ considered }: Decision) =>
	considered.filter((each) => isWon(each.would ?? each)).length;

/** What the arbiter would have said, had it known what holds all of them back, or those that `isMeant`. */
export function heldBack(decision: Decision, by: string, isMeant = (_: string) => true): Decision {
	const judge = <Found extends Judgement>(found: Found): Found =>
		found.verdict === "blocked" ? found : { ...found, verdict: "blocked", by };
	const considered = decision.considered.map((each) =>
		isMeant(each.nudge) ? { ...judge(each), ...(each.would && { would: judge(each.would) }) } : each,
	);
	const { won } = decision;
	return { ...decision, won: won && !isMeant(won) ? won : null, considered };
}
