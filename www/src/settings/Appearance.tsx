import { useState } from "preact/hooks";
import { chooseTheme, readTheme, type Theme } from "./theme";

const themes: { theme: Theme; name: string }[] = [
	{ theme: "system", name: "As the system" },
	{ theme: "light", name: "Light" },
	{ theme: "dark", name: "Dark" },
];

export function Appearance() {
	const [chosen, setChosen] = useState(readTheme);
	return (
		<section class="card settings-part" aria-labelledby="appearance-title">
			<h2 id="appearance-title">Appearance</h2>
			<fieldset class="switch">
				<legend class="hidden">Colours</legend>
				{themes.map(({ theme, name }) => (
					<label key={theme}>
						<input
							type="radio"
							name="theme"
							value={theme}
							checked={chosen === theme}
							onChange={() => {
								chooseTheme(theme);
								setChosen(theme);
							}}
						/>
						<span>{name}</span>
					</label>
				))}
			</fieldset>
		</section>
	);
}
