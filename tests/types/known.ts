// What compiles, and what does not, once `ripen types` has written what playbook.json speaks of.

import type { LadderName, NudgeId, SignalName, SlotName, StageOf } from "ripen";
import { explain, group, identify, init, on, page, track, trigger, view } from "ripen";

// An event that the playbook knows, with properties that have their types, and any others.
track("project_created");
track("project_created", { anything: ["at", "all"] });
track("report_exported", { rows: 3, format: "csv", place: { city: "Bern", zip: 3000 }, more: true });
track("report_exported", { rows: undefined, format: null, place: null });
track("report_exported", { format: "pdf" });
track("hint_followed");
// @ts-expect-error it is misspelt
track("project_craeted");
// @ts-expect-error a number is a number only if it is sent as one
track("report_exported", { rows: "3" });
// @ts-expect-error in there, too
track("report_exported", { place: { city: ["Bern"] } });
// @ts-expect-error what JSON cannot say
track("report_exported", { format: () => "csv" });
// @ts-expect-error Ripen's own
track("$page");
// Those that only --events knows.
track("invoice_paid", { amount: 3.5, plan: "team" });
// @ts-expect-error one of these
track("invoice_paid", { plan: "tema" });

page("Reports", { filter: "mine" });
page("Another");
trigger("help");
// @ts-expect-error no nudge waits for it
trigger("halp");

identify("ada", { role: "founder", seats: { used: 3 }, name: "Ada" });
identify("ada", { role: ["lead"] });
// @ts-expect-error a condition compares it with a number
identify("ada", { seats: { used: "3" } });
group("acme", { plan: "free", since: 2020 });
// @ts-expect-error a plan has a name
group("acme", { plan: 3 });

const seen = view();
const projects: number | undefined = seen?.signals.projects;
const format: string | number | boolean | undefined = seen?.signals.last_format;
const team: number | undefined = seen?.signals["of-team"];
const stage: "new" | "set_up" | undefined = seen?.stages.journey;
const band: "A" | "B" | undefined = seen?.bands.fit;
const points: number | undefined = seen?.scores.fit;
// @ts-expect-error there is no such signal
seen?.signals.project;
// @ts-expect-error there is no such ladder
seen?.stages.readiness;
// @ts-expect-error no rung is called that
if (seen?.stages.journey === "setup") track("project_created");
// @ts-expect-error no segment is called that
seen?.segments.includes("on_fre");
seen?.moments.includes("ripe");
if (seen?.momentum === "at_risk") track("project_created");
// @ts-expect-error no momentum is called that
if (seen?.momentum === "risk") track("project_created");

on("decision", ({ won, considered }) => {
	const id: "hello" | null = won;
	return [id, considered.map(({ nudge }) => nudge === "hello")];
});
on("nudge", ({ id }) => id === "hello");
init({ writeKey: "wk", actions: { open_chat: ({ nudge }) => nudge === "hello" } });
// @ts-expect-error no button calls it
init({ writeKey: "wk", actions: { open_chaat: () => {} } });
explain("nudges.hello");
explain("ladders.journey.set_up");

// For components that bind to these.
export const names: [SignalName, LadderName, NudgeId, SlotName, StageOf<"journey">] = [
	"csv_rows",
	"journey",
	"hello",
	"side",
	"set_up",
];
// @ts-expect-error it has no such slot
export const slot: SlotName = "top";
export const all = { projects, format, team, stage, band, points };
