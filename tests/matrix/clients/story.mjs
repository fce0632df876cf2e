/**
 * What each client does, in its own words: somebody unknown creates two tasks, says who they are, joins an account, looks
 * at a page and a screen, creates a third task, and turns out to be who created a fourth one on another device.
 */
export const at = (second) => new Date(Date.UTC(2026, 0, 5, 10, 0, second));

export const names = (client) => ({
	anonymous: `${client}-anonymous`,
	device: `${client}-device`,
	user: `${client}-user`,
	account: `${client}-account`,
});

/** The lines of a replay at the story's end: the person's, and the account's. */
export function views(client) {
	const { user, account } = names(client);
	return {
		person: {
			person: user,
			account,
			signals: { pages: 1, screens: 1, tasks: 4, team_tasks: 2 },
			segments: ["free", "large"],
			stages: { journey: "set_up" },
		},
		account: { account, signals: { team_tasks: 2 } },
	};
}
