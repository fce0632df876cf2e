import type { View } from "ripen";
import { inWords } from "./condition";
import { Ladder } from "./Ladder";
import { Part } from "./Part";
import { ladders, momentNames, segmentNames, withOthers } from "./playbook";

export function Stages({ view }: { view: View | undefined }) {
	return (
		<Part title="Stages" note={view?.state === "pending" ? "as last known" : undefined}>
			<div class="ladders">
				{ladders.map(([name, rungs]) => (
					<Ladder key={name} name={name} rungs={rungs} stage={view?.stages[name]} />
				))}
			</div>
			<ul class="nexts">
				{ladders.map(([name, rungs]) => {
					const stage = view?.stages[name];
					const next = rungs[rungs.findIndex((rung) => rung.id === stage) + 1];
					if (!stage || !next?.when) return null;
					return (
						<li key={name}>
							<strong>{next.id}</strong> when {inWords(next.when)}
						</li>
					);
				})}
			</ul>
			<dl class="facts">
				<div>
					<dt>momentum</dt>
					<dd data-testid="momentum">{view?.momentum ?? "–"}</dd>
				</div>
				<Marks
					title="segments"
					names={withOthers(segmentNames, view?.segments ?? [])}
					hold={view?.segments}
				/>
				<Marks title="moments" names={withOthers(momentNames, view?.moments ?? [])} hold={view?.moments} />
			</dl>
		</Part>
	);
}

interface MarksProps {
	title: string;
	names: string[];
	hold: string[] | undefined;
}

/** All that there could be; those that hold are marked. */
function Marks({ title, names, hold = [] }: MarksProps) {
	return (
		<div>
			<dt>{title}</dt>
			<dd class="marks">
				{names.map((name) => (
					<span
						key={name}
						class={hold.includes(name) ? "holds" : "holds-not"}
						data-testid={`${title.slice(0, -1)}-${name}`}
						data-holds={hold.includes(name)}
					>
						{name}
						<span class="hidden">{hold.includes(name) ? " holds" : " does not hold"}</span>
					</span>
				))}
			</dd>
		</div>
	);
}
