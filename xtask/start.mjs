/**
 * `npm start`: sets up, builds, and runs the collector with the sample product, until Ctrl-C.
 * PORT is the port (8787 unless set), DATABASE the file of events (target/demo.db unless set).
 */
import { createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { build, collector } from "./build.mjs";
import { has, start } from "./command.mjs";
import { at } from "./places.mjs";
import { setup } from "./setup.mjs";
import { Stop, task } from "./step.mjs";

const port = Number(process.env.PORT ?? 8787);
const url = `http://127.0.0.1:${port}`;

await task(async () => {
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new Stop(`PORT is ${process.env.PORT}, which is no port`, "PORT=8788 npm start");
	}
	// Before the build, which may take minutes.
	await requireFreePort();
	await setup();
	await build();
	const database = process.env.DATABASE ?? at("target/demo.db");
	const args = [
		"serve",
		...["--listen", `127.0.0.1:${port}`],
		...["--database", database],
		...["--playbook", `demo=${at("www/playbook.json")}`],
		...["--www", at("www/dist")],
		...["--log", "warn"],
	];
	// Its first line would say the address a second time.
	const server = start(collector, args, { stdio: ["ignore", "ignore", "inherit"] });
	const ended = new Promise((resolve) => {
		server.once("error", (error) => resolve(error.message));
		server.once("close", (code, signal) => resolve(signal ?? `exit code ${code}`));
	});
	const early = await Promise.race([healthy(), ended]);
	if (early) throw new Stop(`the collector did not start: ${early}`, "see its message above");
	console.log(`\nThe sample product:  ${url}/\nWhat is collected:   ${database}\nCtrl-C ends it.`);
	open();
	throw new Stop(`the collector ended: ${await ended}`, "npm start");
});

/** Resolves when the collector answers. */
async function healthy() {
	for (;;) {
		const answer = await fetch(`${url}/v1/health`).catch(() => undefined);
		if (answer?.ok) return;
		await wait(50);
	}
}

async function requireFreePort() {
	const taken = await new Promise((resolve) => {
		const probe = createServer();
		probe.once("error", (error) => resolve(error.code));
		probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(undefined)));
	});
	if (!taken) return;
	const why = {
		EADDRINUSE: "is taken, perhaps by another npm start",
		EACCES: "may not be used by this user",
	};
	throw new Stop(
		`port ${port} ${why[taken] ?? `cannot be used (${taken})`}`,
		`PORT=${port === 8788 ? 8789 : 8788} npm start`,
	);
}

/** Opens the browser where somebody sits in front of one. */
function open() {
	if (!process.stdout.isTTY || process.env.CI) return;
	const opener = process.platform === "darwin" ? "open" : "xdg-open";
	const display = process.platform === "darwin" || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
	if (display && has(opener)) start(opener, [`${url}/`], { stdio: "ignore" }).once("error", () => {});
}
