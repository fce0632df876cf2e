// What a person does in the sample product, by what they see of it.

export const ada = {
	name: "Ada Lind",
	email: "ada@lindworks.example",
	role: "Team lead",
	company: "Lindworks",
};

export async function signUp(page, person = ada) {
	await page.getByLabel("Your name").fill(person.name);
	await page.getByLabel("Work e-mail").fill(person.email);
	await page.getByLabel("Your role").selectOption({ label: person.role });
	await page.getByLabel("Company or team").fill(person.company);
	await page.getByRole("button", { name: "Create workspace" }).click();
	await page.getByRole("heading", { level: 1, name: person.name.split(" ")[0] }).waitFor();
}

/** Follows a link of the navigation: `Overview`, `Team`, a project … */
export async function goTo(page, name) {
	const link = page.getByRole("navigation", { name: "Main" }).getByRole("link", { name, exact: true });
	await link.click();
	await page.waitForFunction(
		(link) => link.getAttribute("aria-current") === "page",
		await link.elementHandle(),
	);
}

/** Asks for one more project, as far as the plan allows. */
export async function askForProject(page) {
	await goTo(page, "Overview");
	await page.getByRole("button", { name: "New project" }).click();
}

/** Leaves the page of the new project open. */
export async function createProject(page, name) {
	await askForProject(page);
	await page.getByLabel("Project name").fill(name);
	await page.getByRole("button", { name: "Create project" }).click();
	await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** Once it is there; its outcome is told by then, so that no later one is, whatever comes of the page. */
export async function closeHint(page, name) {
	const hint = page.getByRole("region", { name });
	await hint.getByRole("button", { name: "Close" }).click();
	await hint.waitFor({ state: "detached" });
}

/** On a project's page. */
export async function addTask(page, title) {
	await page.getByLabel("New task").fill(title);
	await page.getByRole("button", { name: "Add task", exact: true }).click();
	await page.getByRole("button", { name: title, exact: true }).waitFor();
}

export async function completeTask(page, title) {
	const box = page.getByRole("checkbox", { name: `Complete ${title}`, exact: true });
	await box.check();
}

export async function invite(page, email) {
	await goTo(page, "Team");
	await page.getByLabel("E-mail").fill(email);
	await page.getByRole("button", { name: "Send invitation" }).click();
	await page.getByText(`Invitation sent to ${email}`).waitFor();
}

export async function connectSlack(page) {
	await goTo(page, "Integrations");
	await page.getByRole("button", { name: "Connect Slack", exact: true }).click();
	await page.getByRole("button", { name: "Allow and connect" }).click();
	await page.getByRole("button", { name: "Disconnect Slack" }).waitFor();
}

export async function signOut(page) {
	await goTo(page, "Settings");
	// By keyboard: a banner may lie over it.
	await page.getByRole("button", { name: "Sign out" }).press("Enter");
	await page.getByRole("heading", { name: "Welcome back" }).waitFor();
}

/** Leaves the overview open. */
export async function signIn(page, person) {
	await page.getByLabel("Work e-mail").fill(person.email);
	await page.getByRole("button", { name: "Sign in" }).click();
	await page.getByRole("heading", { level: 1, name: person.name.split(" ")[0] }).waitFor();
}
