// The events of a request, each as it was said: what happened, of whom, with what. So what came of one product can be
// compared with what came of another.

/** `person` is the user's id, or the anonymous one. */
const said = (kind, name, person, properties, raw) => ({ kind, name, person, properties, raw });

/** What the small product tells; all else is added by the products that record it. */
const told = ["projects", "rows", "format", "plan", "role", "seats"];
const only = (properties = {}) =>
	Object.fromEntries(told.filter((name) => name in properties).map((name) => [name, properties[name]]));

/** A message of Segment's spec. */
function ofSegment(message) {
	const { type, event, name, userId, anonymousId, groupId, properties, traits } = message;
	const about = { track: event, page: name, identify: userId, group: groupId }[type];
	return said(type, about ?? undefined, userId ?? anonymousId, only(properties ?? traits), message);
}

function ofPosthog(event) {
	const { properties } = event;
	const person = properties.distinct_id;
	switch (event.event) {
		case "$pageview":
			return said("page", properties.page, person, {}, event);
		case "$identify":
			return said("identify", person, person, only(event.$set ?? properties.$set), event);
		case "$groupidentify":
			return said("group", properties.$group_key, person, only(properties.$group_set), event);
		default:
			return said("track", event.event, person, only(properties), event);
	}
}

function ofAmplitude(event) {
	const person = event.user_id ?? event.device_id;
	switch (event.event_type) {
		case "Page Viewed":
			return said("page", event.event_properties.name, person, {}, event);
		case "$identify":
			return said("identify", person, person, only(event.user_properties.$set), event);
		case "$groupidentify":
			return said("group", event.groups.company, person, only(event.group_properties.$set), event);
		default:
			return said("track", event.event_type, person, only(event.event_properties), event);
	}
}

export const listed = {
	ripen: ({ text }) =>
		JSON.parse(text)
			.batch.filter(({ event }) => !event?.startsWith("$"))
			.map(ofSegment),
	segment({ text }) {
		const body = JSON.parse(text);
		return (body.batch ?? [body]).map(ofSegment);
	},
	posthog({ text, form, fromBase64 }) {
		const body = JSON.parse(text.startsWith("data=") ? fromBase64(form.get("data")) : text);
		return (Array.isArray(body) ? body : (body.batch ?? [body])).map(ofPosthog);
	},
	amplitude: ({ text }) =>
		JSON.parse(text)
			.events.map(ofAmplitude)
			// `setGroup` tells of the user that they are in it; `groupIdentify` is the event of the group.
			.filter(({ kind, raw }) => kind !== "identify" || !raw.groups),
};

/** In the order in which they happened, and people by when they first did something. */
export function comparable(events) {
	const people = [];
	return events.map(({ kind, name, person, properties }) => {
		if (!people.includes(person)) people.push(person);
		return { kind, name, person: person === "ada" ? "ada" : `#${people.indexOf(person)}`, properties };
	});
}
