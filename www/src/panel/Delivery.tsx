import type { Health } from "ripen";
import { Part } from "./Part";

export function Delivery({ health }: { health: Health | undefined }) {
	const dropped = Object.entries(health?.dropped ?? {}).filter(([, count]) => count > 0);
	const facts: [string, string | number | undefined][] = [
		["taken", health?.taken],
		["waiting", health?.waiting],
		["delivered", health?.delivered],
		["dropped", dropped.map(([reason, count]) => `${count} ${reason}`).join(", ") || 0],
		["connection", health?.connection],
		["store", health?.store],
		["engine", health?.engine],
	];
	return (
		<Part title="Delivery">
			<dl class="facts delivery">
				{facts.map(([name, value]) => (
					<div key={name}>
						<dt>{name}</dt>
						<dd data-testid={`health-${name}`} class={`state-${value}`}>
							{value ?? "–"}
						</dd>
					</div>
				))}
			</dl>
			{health?.connection === "retrying" && (
				<p class="remark">No collector answers. Events wait in this browser, and nudges work without it.</p>
			)}
		</Part>
	);
}
