import type { Rung } from "./playbook";

interface Props {
	name: string;
	rungs: Rung[];
	stage: string | undefined;
}

/** A ladder, climbed from the bottom. The document has the lowest rung first, and so do those who hear it. */
export function Ladder({ name, rungs, stage }: Props) {
	const position = rungs.findIndex((rung) => rung.id === stage);
	return (
		<div class="ladder">
			<h3>
				{name} <span data-testid={`stage-${name}`}>{stage ?? "–"}</span>
			</h3>
			<ol class="rungs">
				{rungs.map((rung, index) => (
					<li
						key={rung.id}
						class={index < position ? "rung rung-below" : "rung"}
						aria-current={index === position ? "step" : undefined}
					>
						{rung.id}
					</li>
				))}
			</ol>
		</div>
	);
}
