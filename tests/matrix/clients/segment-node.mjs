import { Analytics } from "@segment/analytics-node";
import { at, names } from "./story.mjs";

const [host, writeKey] = process.argv.slice(2);
const { anonymous: anonymousId, device, user: userId, account: groupId } = names("segment-node");
const analytics = new Analytics({ writeKey, host, flushAt: 4, flushInterval: 100 });
analytics.on("error", (error) => {
	console.error(error);
	process.exitCode = 1;
});
analytics.track({ anonymousId, event: "task_created", timestamp: at(1) });
analytics.track({ anonymousId, event: "task_created", timestamp: at(2) });
analytics.identify({ anonymousId, userId, traits: { plan: "free" }, timestamp: at(3) });
analytics.group({ userId, groupId, traits: { employees: 30 }, timestamp: at(4) });
analytics.page({ userId, name: "Home", properties: { path: "/" }, timestamp: at(5) });
analytics.screen({ userId, name: "Start", timestamp: at(6) });
analytics.track({ userId, event: "task_created", timestamp: at(7) });
analytics.track({ anonymousId: device, event: "task_created", context: { groupId }, timestamp: at(8) });
analytics.alias({ userId, previousId: device, timestamp: at(9) });
await analytics.closeAndFlush();
