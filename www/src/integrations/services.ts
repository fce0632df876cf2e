import type { Service } from "../backend/model";

export interface ServiceText {
	service: Service;
	name: string;
	about: string;
	/** What Cairn asks to be allowed. */
	asks: string[];
	/** What is to be chosen, and from what. */
	choose: string;
	choices: string[];
	/** Before the target, once connected. */
	linked: string;
}

export const services: ServiceText[] = [
	{
		service: "slack",
		name: "Slack",
		about: "Says in a channel what was finished, and what is late.",
		asks: ["Post messages in one channel", "See the names of public channels"],
		choose: "Channel",
		choices: ["#planning", "#general", "#product"],
		linked: "Posts to",
	},
	{
		service: "github",
		name: "GitHub",
		about: "Closes a task when the pull request that names it is merged.",
		asks: ["Read pull requests of one repository", "Add links to their descriptions"],
		choose: "Repository",
		choices: ["website", "app", "handbook"],
		linked: "Watches",
	},
	{
		service: "calendar",
		name: "Calendar",
		about: "Shows due dates beside your meetings, in any calendar that reads iCal.",
		asks: ["Add a calendar of your own", "Change events in that calendar only"],
		choose: "Calendar",
		choices: ["Work", "Team", "Private"],
		linked: "Writes to",
	},
];
