// What may be written with `ripen/testing`, and what may not.

import type { Clock, Message, Nudge } from "ripen";
import * as ripen from "ripen";
import { start, type Test, testClock } from "ripen/testing";

export async function intended(): Promise<Test> {
	const clock: Clock = testClock();
	ripen.init({ writeKey: "test", clock });
	await start({
		playbook: new Uint8Array(),
		client: ripen,
		clock: testClock(0),
		nudges: false,
		locale: "de",
	});
	const t = await start({ playbook: { signals: {} } });
	t.client.track("opened");
	const [event]: readonly Message[] = t.events;
	const [nudge]: readonly Nudge[] = t.nudges;
	t.collector.down = event?.event === nudge?.id;
	await t.advance(1_000);
	return t;
}

export async function forbidden(): Promise<void> {
	// @ts-expect-error there is no playbook by default
	await start({});
	// @ts-expect-error the key is the test's own
	await start({ playbook: {}, writeKey: "demo" });
	const t = await start({ playbook: {} });
	// @ts-expect-error what has come is as it is
	t.events.push({});
	// @ts-expect-error time is a number
	await t.advance("1d");
}
