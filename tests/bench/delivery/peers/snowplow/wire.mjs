/** JSON of a list of payloads, whose keys are abbreviations. */
export const title = "Snowplow";
export const packageName = "@snowplow/browser-tracker";

export const isEvents = ({ path }) => path === "/com.snowplowanalytics.snowplow/tp2";

export const decode = ({ text }) => JSON.parse(text).data.map(({ eid, se_la }) => ({ id: se_la, key: eid }));

export const accepted = () => ({ type: "text/plain", body: "ok" });

export const configured = () => ({ status: 404 });
