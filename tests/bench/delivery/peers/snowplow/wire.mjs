/** JSON of a list of payloads, whose keys are abbreviations. */
export const title = "Snowplow";
export const packageName = "@snowplow/browser-tracker";

export const isEvents = ({ path }) => path === "/com.snowplowanalytics.snowplow/tp2";

/** The event's own fields, in base64 or not, inside of what says that it has such. */
const described = ({ ue_pr, ue_px }) =>
	JSON.parse(ue_pr ?? Buffer.from(ue_px ?? "e30", "base64url").toString("utf8")).data?.data;

export const decode = ({ text }) =>
	JSON.parse(text).data.map((payload) => ({
		id: payload.se_la ?? described(payload)?.bench_id,
		key: payload.eid,
	}));

export const accepted = () => ({ type: "text/plain", body: "ok" });

export const configured = () => ({ status: 404 });
