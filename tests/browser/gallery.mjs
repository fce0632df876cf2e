// A nudge of each placement, in a language of each direction, and a page of a product for them to stand in.
// Tests of how nudges look, and `npm run screenshots`, have it in common.
import { drawing, fillIn, picture } from "./gallery-page.mjs";

const languages = {
	en: {
		banner: ["Your trial ends in 3 days", "Keep your projects, your team and all that you have written."],
		top: ["New: import from a spreadsheet", "Bring your tasks along with their dates and owners."],
		inline: ["You have used 9 of 10 projects", "With a plan there is room for as many as you need."],
		modal: [
			"Invite the people you work with",
			"Teams that plan together finish twice as much. It takes a minute.",
		],
		slide_out: [
			"Shall we show you around?",
			"Twenty minutes with somebody who knows Cairn well. Tell us what would help.",
		],
		toast: ["First project finished", "Well done. It is in your archive."],
		tooltip: ["Due dates are here", "Choose one, and we remind you a day before."],
		hotspot: ["Filter by owner", "See what each of you has on their desk."],
		checklist: ["Get going", "Three steps, five minutes."],
		slot: ["Tip of the week", "Press N to add a task from anywhere."],
		tour: ["A look around", ""],
		scale: ["How likely are you to recommend Cairn?", ""],
		choice: ["What brought you here?", "Choose what fits best."],
		text: ["What is missing?", "One sentence is enough."],
		actions: { go: "See the plans", later: "Remind me later", no: "No, thank you" },
		fields: {
			name: "Your name",
			email: "Work e-mail",
			size: "Size of your team",
			message: "What would help?",
		},
		options: {
			few: "1 to 10",
			many: "More than 10",
			plan: "To plan a project",
			team: "To see what my team does",
			other: "Something else",
		},
		steps: {
			project: ["Create a project", "A name is enough."],
			task: ["Add three tasks", "Those of today, for example."],
			invite: ["Invite somebody", "Two see more than one."],
			first: ["This is your overview", "What is due, and who does it."],
			second: ["Here a project begins", "Give it a name and a date."],
			last: ["That is all", "You find us at the question mark."],
		},
		submit: "Send",
		consent: "We use this to answer you, and for nothing else.",
		thanks: "Thank you. We write to you within a day.",
		words: {
			close: "Close",
			next: "Next",
			back: "Back",
			done: "Done",
			low: "Not at all",
			high: "Very",
			talk: "You may write to me about it",
		},
	},
	ar: {
		banner: ["تنتهي تجربتك خلال ثلاثة أيام", "احتفظ بمشاريعك وفريقك وكل ما كتبته."],
		top: ["جديد: الاستيراد من جدول", "أحضر مهامك مع تواريخها وأصحابها."],
		inline: ["استخدمت 9 من 10 مشاريع", "مع خطة هناك متسع لكل ما تحتاجه."],
		modal: ["ادعُ من تعمل معهم", "الفرق التي تخطط معًا تنجز ضعف العمل. يستغرق الأمر دقيقة."],
		slide_out: ["هل نأخذك في جولة؟", "عشرون دقيقة مع شخص يعرف كيرن جيدًا. أخبرنا بما يفيدك."],
		toast: ["اكتمل أول مشروع", "أحسنت. تجده في الأرشيف."],
		tooltip: ["تواريخ الاستحقاق هنا", "اختر تاريخًا وسنذكرك قبله بيوم."],
		hotspot: ["التصفية حسب المالك", "اعرف ما لدى كل واحد منكم."],
		checklist: ["لنبدأ", "ثلاث خطوات، خمس دقائق."],
		slot: ["نصيحة الأسبوع", "اضغط N لإضافة مهمة من أي مكان."],
		tour: ["جولة سريعة", ""],
		scale: ["ما مدى احتمال أن توصي بكيرن؟", ""],
		choice: ["ما الذي جاء بك؟", "اختر الأنسب."],
		text: ["ما الذي ينقص؟", "جملة واحدة تكفي."],
		actions: { go: "اطلع على الخطط", later: "ذكرني لاحقًا", no: "لا، شكرًا" },
		fields: { name: "اسمك", email: "بريد العمل", size: "حجم فريقك", message: "ما الذي يفيدك؟" },
		options: {
			few: "من 1 إلى 10",
			many: "أكثر من 10",
			plan: "لتخطيط مشروع",
			team: "لأرى ما يفعله فريقي",
			other: "شيء آخر",
		},
		steps: {
			project: ["أنشئ مشروعًا", "يكفي اسم."],
			task: ["أضف ثلاث مهام", "مهام اليوم مثلًا."],
			invite: ["ادعُ شخصًا", "اثنان يريان أكثر."],
			first: ["هذه نظرتك العامة", "ما المستحق ومن يقوم به."],
			second: ["هنا يبدأ المشروع", "أعطه اسمًا وتاريخًا."],
			last: ["هذا كل شيء", "تجدنا عند علامة الاستفهام."],
		},
		submit: "إرسال",
		consent: "نستخدم هذا للرد عليك فقط.",
		thanks: "شكرًا لك. نكتب إليك خلال يوم.",
		words: {
			close: "إغلاق",
			next: "التالي",
			back: "السابق",
			done: "تم",
			low: "أبدًا",
			high: "جدًا",
			talk: "يمكنكم مراسلتي",
		},
	},
};

const titled = (pairs) =>
	Object.fromEntries(Object.entries(pairs).map(([id, [title, body]]) => [id, { title, body }]));

/** What a nudge says: its own words, and those that all have. */
const contentOf = (name, more = {}) =>
	Object.fromEntries(
		Object.entries(languages).map(([language, said]) => {
			const { actions, fields, options, steps, submit, consent, thanks, words } = said;
			const [title, body] = said[name];
			const choices = { question: options, size: options };
			const whole = { title, body, actions, fields, options: choices, steps: titled(steps) };
			return [language, { ...whole, submit, consent, thanks, ...words, ...more }];
		}),
	);

const go = { id: "go", open: "#/plans" };
const later = { id: "later", snooze: true };
const no = { id: "no", dismiss: true };
const form = {
	fields: [
		{ name: "name", type: "text", required: true },
		{ name: "email", type: "email", required: true },
		{ name: "size", type: "choice", options: ["few", "many"] },
		{ name: "message", type: "long_text" },
	],
};
const image = { src: picture, alt: "", width: 640, height: 240 };

/** By their names; the first action of each is its own. */
export const gallery = {
	banner: { placement: { kind: "banner" }, actions: [go, later] },
	top: { placement: { kind: "banner", position: "top" }, actions: [go] },
	inline: { placement: { kind: "banner", position: "inline", anchor: "main" }, actions: [go, no] },
	modal: { placement: { kind: "modal" }, actions: [go, no], content: contentOf("modal", { image }) },
	slide_out: { placement: { kind: "slide_out" }, form, actions: [no] },
	toast: { placement: { kind: "toast", seconds: 60 }, actions: [] },
	tooltip: { placement: { kind: "tooltip", anchor: "#date", side: "bottom" }, actions: [go] },
	hotspot: { placement: { kind: "hotspot", anchor: "#filter", side: "end" }, actions: [no] },
	checklist: {
		placement: { kind: "checklist" },
		steps: [
			{ id: "project", signal: "events", open: "#/new" },
			{ id: "task", signal: "events", at_least: 30, open: "#/tasks" },
			{ id: "invite", segment: "inviters", open: "#/team" },
		],
		actions: [],
	},
	slot: { placement: { kind: "slot", slot: "aside" }, actions: [go] },
	tour: {
		placement: { kind: "tour" },
		steps: [
			{ id: "first", anchor: "#overview", side: "end" },
			{ id: "second", anchor: "#new", side: "bottom" },
			{ id: "last" },
		],
		actions: [],
	},
	scale: {
		placement: { kind: "ask" },
		question: { type: "scale", from: 0, to: 10, talk: true },
		actions: [],
	},
	choice: {
		placement: { kind: "ask", position: "start" },
		question: { type: "choice", options: ["plan", "team", "other"] },
		actions: [no],
	},
	text: { placement: { kind: "ask", position: "bottom" }, question: { type: "text" }, actions: [] },
	talk: {
		placement: { kind: "banner" },
		form,
		actions: [{ id: "go", talk: true }, no],
		content: contentOf("slide_out"),
	},
};
for (const [name, nudge] of Object.entries(gallery)) {
	nudge.purpose = "help";
	nudge.content ??= contentOf(name);
}

export const playbook = JSON.stringify({ nudges: gallery });

/** Makes a page the product, in this scheme (`color-scheme` of CSS) and direction. */
export async function furnish(page, { scheme = "light", direction = "ltr" } = {}) {
	await page.route(`**${picture}`, (route) => route.fulfill({ contentType: "image/svg+xml", body: drawing }));
	await page.evaluate(fillIn, { scheme, direction, language: direction === "rtl" ? "ar" : "en" });
}

/** Shows one, and resolves with what its shadow root has in front. */
export async function show(page, name) {
	await page.evaluate((nudge) => window.ripen.track("due", { nudge }), name);
	const card = page.locator("ripen-nudge").locator(name === "hotspot" ? ".hotspot" : ".card");
	await card.waitFor();
	return card;
}

/** Does what leads on in one that has more to show; whether it has. */
export async function open(page, name) {
	const press = { hotspot: ".hotspot", talk: ".primary", slide_out: "[part=submit]" }[name];
	if (press) await page.locator("ripen-nudge").locator(press).first().click();
	return press !== undefined;
}

/** Takes it away as a user does, and resolves when the next may come. */
export async function close(page) {
	const nudge = page.locator("ripen-nudge");
	const mark = nudge.locator(".hotspot[aria-expanded=false]");
	if (await mark.count()) await mark.click();
	// A form that is over the nudge first. A closed dialog is hidden at once, and gone a moment later.
	const cross = nudge.locator(".close:visible");
	while (await cross.count()) await cross.last().click();
	await nudge.waitFor({ state: "detached" });
	await page.evaluate(() => window.ripen.flush());
}

/** From here on `window.said` has what nudges say to who does not see them. */
export const listen = (page) =>
	page.evaluate(() => {
		window.said = [];
		const hear = (changes) => {
			for (const { target } of changes) {
				const live = (target.closest ? target : target.parentElement)?.closest?.("[role=status]");
				if (live?.textContent) window.said.push(live.textContent);
			}
		};
		new MutationObserver((changes) => {
			for (const added of changes.flatMap(({ addedNodes }) => [...addedNodes]))
				if (added.localName === "ripen-nudge")
					new MutationObserver(hear).observe(added.shadowRoot, {
						subtree: true,
						childList: true,
						characterData: true,
					});
		}).observe(document, { subtree: true, childList: true });
	});
