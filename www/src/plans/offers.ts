import type { Plan } from "../backend/model";

/** What the plans promise, in words. Limits and prices are `backend/plans`. */
export const offers: { plan: Plan; about: string; gives: string[] }[] = [
	{
		plan: "free",
		about: "For a team that tries things out.",
		gives: [
			"3 projects",
			"As many people and tasks as you like",
			"Boards, lists and due dates",
			"Reports as CSV",
		],
	},
	{
		plan: "team",
		about: "For a team that plans everything here.",
		gives: [
			"Projects without limit",
			"All of Free",
			"Invoices and monthly notice",
			"An answer within a working day",
		],
	},
];
