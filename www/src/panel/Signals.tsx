import type { View } from "ripen";
import { Part } from "./Part";
import { signalForms, signalNames, withOthers } from "./playbook";

export function Signals({ view }: { view: View | undefined }) {
	const values = view?.signals ?? {};
	return (
		<Part title="Signals" note={view?.state === "pending" ? "as last known" : undefined}>
			<dl class="signals">
				{withOthers(signalNames, Object.keys(values)).map((name) => {
					const value = values[name];
					return (
						<div key={name} class={value ? "signal" : "signal signal-nothing"}>
							<dt>{name}</dt>
							<dd data-testid={`signal-${name}`}>{value === undefined ? "–" : unit(name, value)}</dd>
						</div>
					);
				})}
			</dl>
		</Part>
	);
}

/** `since` counts hours; all other forms count things. */
function unit(name: string, value: number | string | boolean): string {
	const form = signalForms[name];
	return form && "since" in form ? `${value} h` : String(value);
}
