// The page in which the gallery hangs: enough of a product that a nudge has something to stand beside.

/** Of the page's own origin: addresses of data are refused. */
export const picture = "/picture.svg";
export const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240" viewBox="0 0 640 240"><rect width="640" height="240" fill="#2f5d50"/>
<circle cx="500" cy="70" r="34" fill="#f2c14e"/><path d="M0 240L170 90l110 90 90-70 270 130z" fill="#8fb8a8"/></svg>`;

/** Runs in the page. */
export function fillIn({ scheme, direction, language }) {
	const words = {
		en: [
			"Cairn",
			"Overview",
			"Projects",
			"Team",
			"Reports",
			"Spring launch",
			"Due date",
			"Filter",
			"New project",
			"Agree on the date",
			"Write the announcement",
			"Record the demo",
			"Brief support",
		],
		ar: [
			"كيرن",
			"نظرة عامة",
			"المشاريع",
			"الفريق",
			"التقارير",
			"إطلاق الربيع",
			"تاريخ الاستحقاق",
			"تصفية",
			"مشروع جديد",
			"الاتفاق على الموعد",
			"كتابة الإعلان",
			"تسجيل العرض",
			"إبلاغ الدعم",
		],
	}[language];
	const [brand, overview, projects, team, reports, title, date, filter, add, ...tasks] = words;
	Object.assign(document.documentElement, { lang: language, dir: direction });
	document.documentElement.style.colorScheme = scheme;
	const make = (name, attributes, ...children) => {
		const made = document.createElement(name);
		for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
		made.append(...children);
		return made;
	};
	const link = (text, id = "") => make("a", { href: "#/", ...(id && { id }) }, text);
	const sheet = new CSSStyleSheet();
	sheet.replaceSync(`
		body { margin: 0; font: 16px/1.5 system-ui, sans-serif; background: light-dark(#f6f7f5, #14171a); color: light-dark(#22302b, #e4e8e6); }
		#host { position: absolute; inset-block-start: -3em; }
		.app { display: grid; grid-template-columns: 13em 1fr; min-height: 100vh; }
		nav { padding: 1.5em; display: flex; flex-direction: column; gap: .75em; background: light-dark(#eceee9, #1a1f22); }
		nav a { color: inherit; text-decoration: none; }
		main { padding: 1.5em 2em; } h1 { font-size: 1.5em; }
		.tools { display: flex; gap: .75em; flex-wrap: wrap; }
		.tools button { font: inherit; padding: .5em 1em; border-radius: .4em; border: 1px solid light-dark(#76807b, #8b958f); background: light-dark(#fff, #22272b); color: inherit; }
		li { padding: .6em 0; border-block-end: 1px solid light-dark(#dde1dc, #2c3236); } ul { list-style: none; padding: 0; }
		ripen-slot { display: block; margin-block: 1em; max-width: 34em; }
		@media (max-width: 40em) { .app { grid-template-columns: 1fr; } nav { flex-direction: row; flex-wrap: wrap; } main { padding: 1em; } }
	`);
	document.adoptedStyleSheets = [sheet];
	const tools = make(
		"div",
		{ class: "tools" },
		...[
			["date", date],
			["filter", filter],
			["new", add],
		].map(([id, text]) => make("button", { id }, text)),
	);
	const nav = make(
		"nav",
		{ "aria-label": brand },
		make("strong", {}, brand),
		link(overview, "overview"),
		...[projects, team, reports].map((text) => link(text)),
	);
	const list = make("ul", {}, ...tasks.map((task) => make("li", {}, task)));
	const main = make("main", {}, make("h1", {}, title), tools, make("ripen-slot", { name: "aside" }), list);
	document.querySelector(".app")?.remove();
	document.body.append(make("div", { class: "app" }, nav, main));
}
