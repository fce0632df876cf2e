/**
 * What is typed into a field is nobody's shortcut: outside of the shadow root a host sees a key and no field, and would take
 * it for one of its own. Escape and Tab go on.
 */
export function keepKeys(form: HTMLElement): void {
	for (const name of ["keydown", "keypress", "keyup"] as const)
		form.addEventListener(name, (event) => {
			if (!/^(Escape|Tab)$/.test(event.key)) event.stopPropagation();
		});
}
