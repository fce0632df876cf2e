// The gallery as a playbook that the compiler takes: a label only where there is something by that name.
import { gallery } from "../../browser/gallery.mjs";

/** By the name of each nudge, the event that it is due on. */
export const occasionOf = (name) => `due_${name}`;

/** What of these labels names something that is there. */
function labels(all, there = []) {
	const names = there.map((each) => each.id ?? each.name ?? each);
	const known = Object.entries(all).filter(([name]) => names.includes(name));
	return known.length > 0 ? Object.fromEntries(known) : undefined;
}

/** In English alone: a reader has one language. */
function contentOf({ content: { en }, actions, form, steps, question }) {
	const { submit, consent, thanks, low, high, talk, close, next, back, done, title, body, image } = en;
	const choices = [...(form?.fields ?? []), { ...question, name: "question" }].filter(
		({ options }) => options,
	);
	const options = choices.map(({ name, options }) => [name, labels(en.options[name], options)]);
	return {
		...{ title, close, next, back, done },
		...(body && { body }),
		...(image && { image: { ...image, alt: "Hills" } }),
		...(form && { submit, consent, thanks }),
		...(question && { submit, thanks }),
		...(question?.type === "scale" && { low, high }),
		...(question?.talk && { talk, consent }),
		actions: labels(en.actions, actions),
		fields: labels(en.fields, form?.fields),
		steps: labels(en.steps, steps),
		...(options.length > 0 && { options: Object.fromEntries(options) }),
	};
}

export const playbook = JSON.stringify({
	policy: { holdout: 0, help_first: false },
	signals: { events: { count: "*" } },
	segments: { inviters: { when: { "signals.events": { $gte: 1_000 } } } },
	nudges: Object.fromEntries(
		Object.entries(gallery).map(([name, nudge]) => [
			name,
			{ ...nudge, on: { event: occasionOf(name) }, content: { en: contentOf(nudge) } },
		]),
	),
});
