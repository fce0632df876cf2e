// In a page: bundled by the test. What it did is over when `window.done` is true.
import { AnalyticsBrowser } from "@segment/analytics-next";
import { at, names } from "./story.mjs";

const { client, host, writeKey, deliveryStrategy } = JSON.parse(document.querySelector("#told").textContent);
const { anonymous, device, user, account } = names(client);
const settings = {
	writeKey,
	cdnSettings: { integrations: { "Segment.io": { apiKey: writeKey } }, metrics: { sampleRate: 0 } },
};
const [analytics] = await AnalyticsBrowser.load(settings, {
	integrations: { "Segment.io": { apiHost: `${host}/v1`, protocol: "http", deliveryStrategy } },
});
const when = (second) => ({ timestamp: at(second) });
analytics.setAnonymousId(anonymous);
await analytics.track("task_created", {}, when(1));
await analytics.track("task_created", {}, when(2));
await analytics.identify(user, { plan: "free" }, when(3));
await analytics.group(account, { employees: 30 }, when(4));
await analytics.page("Home", {}, when(5));
await analytics.screen("Start", {}, when(6));
await analytics.track("task_created", {}, when(7));
// Another device, which does not know who it is of.
await analytics.reset();
analytics.setAnonymousId(device);
await analytics.track("task_created", {}, { ...when(8), context: { groupId: account } });
await analytics.alias(user, device, when(9));
window.done = true;
