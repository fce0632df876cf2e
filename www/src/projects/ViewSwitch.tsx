import { useState } from "preact/hooks";
import { Icon } from "../ui/Icon";

export type Layout = "board" | "list";

const KEY = "cairn.layout";

/** Board or list, as it was left. */
export function useLayout(): [Layout, (layout: Layout) => void] {
	const [layout, setLayout] = useState<Layout>(() => {
		try {
			return localStorage.getItem(KEY) === "list" ? "list" : "board";
		} catch {
			return "board";
		}
	});
	const choose = (next: Layout) => {
		setLayout(next);
		try {
			localStorage.setItem(KEY, next);
		} catch {
			// Then it is asked again.
		}
	};
	return [layout, choose];
}

interface Props {
	layout: Layout;
	onChange: (layout: Layout) => void;
}

export function ViewSwitch({ layout, onChange }: Props) {
	return (
		<fieldset class="switch">
			<legend class="hidden">Show as</legend>
			{(["board", "list"] as const).map((one) => (
				<label key={one}>
					<input
						type="radio"
						name="layout"
						value={one}
						checked={layout === one}
						onChange={() => onChange(one)}
					/>
					<span>
						<Icon name={one} />
						{one === "board" ? "Board" : "List"}
					</span>
				</label>
			))}
		</fieldset>
	);
}
