// The real collector, killed in the midst of what it does, and started anew on what it has left.
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import { collector as program } from "../../../xtask/build.mjs";
import { start } from "../../../xtask/command.mjs";

/** Far more than it takes. */
const longestFoldMs = 600_000;

/** Resolves when it takes connections. `folded` resolves when all that is in the log is folded. */
export async function startCollector(t, database, playbook) {
	const args = [
		...["serve", "--listen", "127.0.0.1:0", "--metrics-listen", "127.0.0.1:0", "--database", database],
		...["--log", "info", "--log-format", "json", "--playbook", playbook],
	];
	const child = start(program, args, { stdio: ["ignore", "pipe", "pipe"] });
	const gone = once(child, "exit").then(() => {
		throw new Error("the collector ended");
	});
	gone.catch(() => {});
	const kill = async () => {
		child.kill("SIGKILL");
		await gone.catch(() => {});
	};
	t.after(kill);
	const log = createInterface({ input: child.stderr });
	const metrics = new Promise((resolve) => {
		log.on("line", (line) => {
			const { message, bound } = JSON.parse(line);
			if (message === "metrics are told") resolve(bound);
		});
	});
	const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), gone]);
	const told = `http://${await Promise.race([metrics, gone])}/metrics`;
	const origin = /http:\S+/.exec(line)[0];
	return {
		origin,
		kill,
		async folded() {
			const end = Date.now() + longestFoldMs;
			for (;;) {
				const text = await (await fetch(told)).text();
				const lag = /^ripen_fold_lag\{.*\} (\d+)/m.exec(text)?.[1];
				if (lag === "0") return;
				if (Date.now() > end) throw new Error(`never folded: ${lag} are left`);
				await after(50);
			}
		},
	};
}

/** Numbers from 0 to 1, the same each time. */
export function random(seed) {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

function shuffled(list, chance) {
	const left = [...list];
	for (let at = left.length - 1; at > 0; at--) {
		const other = Math.floor(chance() * (at + 1));
		[left[at], left[other]] = [left[other], left[at]];
	}
	return left;
}

/** The messages in any order, a fifth of them twice, in batches, a tenth of which come again. */
export function batchesOf(messages, size, chance) {
	const all = shuffled([...messages, ...messages.filter(() => chance() < 0.2)], chance);
	const batches = [];
	for (let at = 0; at < all.length; at += size) batches.push(all.slice(at, at + size));
	return [...batches, ...batches.filter(() => chance() < 0.1)];
}

/** Sends them; it is killed as often as this while one is on its way, which is sent again as any client does. */
export async function sendAll(t, database, playbook, batches, { key, kills, chance }) {
	let collector = await startCollector(t, database, playbook);
	const send = (batch) =>
		fetch(`${collector.origin}/v1/batch`, {
			method: "POST",
			body: JSON.stringify({ writeKey: key, batch }),
		});
	const fatal = new Set(shuffled(batches.keys(), chance).slice(0, kills));
	let answered = 0;
	for (const [at, batch] of batches.entries()) {
		if (fatal.has(at)) {
			const lost = send(batch).then(
				({ status }) => status === 200,
				() => false,
			);
			await collector.kill();
			answered += await lost;
			collector = await startCollector(t, database, playbook);
		}
		const answer = await send(batch);
		const { rejected = [] } = await answer.json();
		if (answer.status !== 200 || rejected.length)
			throw new Error(`${answer.status} ${JSON.stringify(rejected.slice(0, 3))}`);
	}
	await collector.folded();
	return { collector, answered };
}
