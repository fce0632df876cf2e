import RudderAnalytics from "@rudderstack/rudder-sdk-node";
import { at, names } from "./story.mjs";

const [host, writeKey] = process.argv.slice(2);
const { anonymous: anonymousId, device, user: userId, account: groupId } = names("rudder-node");
const analytics = new RudderAnalytics(writeKey, {
	dataPlaneUrl: host,
	flushAt: 4,
	flushInterval: 100,
	logLevel: "off",
});
const failed = (error) => {
	if (error) process.exitCode = 1;
};
analytics.track({ anonymousId, event: "task_created", timestamp: at(1) }, failed);
analytics.track({ anonymousId, event: "task_created", timestamp: at(2) }, failed);
analytics.identify({ anonymousId, userId, traits: { plan: "free" }, timestamp: at(3) }, failed);
analytics.group({ userId, groupId, traits: { employees: 30 }, timestamp: at(4) }, failed);
analytics.page({ userId, name: "Home", properties: { path: "/" }, timestamp: at(5) }, failed);
analytics.screen({ userId, name: "Start", timestamp: at(6) }, failed);
analytics.track({ userId, event: "task_created", timestamp: at(7) }, failed);
analytics.track(
	{ anonymousId: device, event: "task_created", context: { groupId }, timestamp: at(8) },
	failed,
);
analytics.alias({ userId, previousId: device, timestamp: at(9) }, failed);
await analytics.flush();
