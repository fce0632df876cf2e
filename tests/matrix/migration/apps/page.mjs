// What all of the small products have: buttons, and routes.
export function onAction(name, act) {
	let count = 0;
	const button = document.createElement("button");
	button.id = button.textContent = name;
	button.addEventListener("click", () => act(++count));
	document.body.append(button);
}
export const route = (path) => history.pushState(null, "", path);
