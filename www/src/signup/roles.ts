/** What people say they do. The value is the trait `user.role`, which the playbook's segments ask for. */
export const roles = [
	{ value: "team lead", name: "Team lead" },
	{ value: "manager", name: "Manager" },
	{ value: "founder", name: "Founder" },
	{ value: "designer", name: "Designer" },
	{ value: "developer", name: "Developer" },
	{ value: "other", name: "Something else" },
];
