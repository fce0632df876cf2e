/** From what was measured to the one table: medians, and medians of the ratios to the floor, round by round. */

const median = (values) => quantile(values, 0.5);

function quantile(values, share) {
	const sorted = values.toSorted ? values.toSorted((a, b) => a - b) : [...values].sort((a, b) => a - b);
	const place = share * (sorted.length - 1);
	const [low, high] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
	return low + (high - low) * (place - Math.floor(place));
}

/** How the cases of a group are told: by the beginning of their names, with the case that is their floor. */
const FOLDS = [
	["parse", "floor", () => "reading events"],
	["fold", "floor", (playbook) => `folding alone, playbook \`${playbook}\``],
	["all", "floor", (playbook) => `**reading and folding**, playbook \`${playbook}\``],
	["replay", "floor", (playbook) => `toolkit's replay, playbook \`${playbook}\``],
	["page", "floor page", (playbook) => `page's module, the busiest person, playbook \`${playbook}\``],
];
const SIZES = [
	["person", "person 0", (size) => `an event, ${size} signals, fold and evaluation`],
	["state", "state 0", (size) => `an event, ${size} signals, page's module`],
	["device", "device 0", (size) => `an event, ${size} signals and nudges, with the decision`],
];
const LIFE = [
	["restore", "floor", () => "a snapshot of seven years restored"],
	["open", "floor", () => "playbook read, snapshot restored, view asked for"],
];
const HOSTILE = [["twice", "once", () => "compiled"]];
const FLOORS = {
	natively: { floor: "serde_json, into its `Value`" },
	Node: { floor: "`JSON.parse`", "floor page": "`JSON.parse`, `Date.parse`" },
	Chromium: { floor: "`JSON.parse`", "floor page": "`JSON.parse`, `Date.parse`" },
};

/** `{where, what, figure, floor, ratio, spread}` for each line. */
export function rowsOf({ natively, Node, Chromium, peers }) {
	const rows = [];
	for (const [where, measured] of Object.entries({ natively, Node, Chromium })) {
		for (const { group, cases } of measured.groups) {
			if (group === "sizes") rows.push(...told(where, cases, SIZES, "empty playbook", nanoseconds));
			else if (group.startsWith("hostile: "))
				rows.push(...told(where, cases, HOSTILE, "half as many", aByte, `${group}, `));
			else if (group === "life")
				rows.push(...told(where, cases, LIFE, "`JSON.parse` of that view", nanoseconds));
			else rows.push(...told(where, cases, FOLDS, undefined, perSecond, `${group}: `));
		}
	}
	const { snapshot, playbook } = Node.bytes;
	const bytes = (what, size) =>
		rows.push({ where: "size", what, figure: `${size.toLocaleString("en")} bytes` });
	bytes("snapshot of the busiest person after seven years, sample playbook", snapshot);
	bytes("the sample playbook, compiled", playbook);
	rows.push(...besidePeers(peers));
	return rows;
}

function told(where, cases, kinds, floorName, figure, prefix = "") {
	const timesOf = (name) => cases.find((each) => each.name === name)?.times;
	return cases.flatMap(({ name, times }) => {
		const kind = kinds.find(([begin]) => name === begin || name.startsWith(`${begin} `));
		if (!kind) return [];
		const [begin, floor, what] = kind;
		const rest = name.slice(begin.length + 1);
		const floorTimes = timesOf(floor);
		return [
			{
				where,
				what: prefix + what(rest),
				figure: figure(median(times)),
				...(name === floor
					? {}
					: {
							floor: `${floorName ?? FLOORS[where][floor]}: ${figure(median(floorTimes))}`,
							...compared(times, floorTimes),
						}),
			},
		];
	});
}

function compared(times, floorTimes) {
	const ratios = times.map((time, round) => time / floorTimes[round]);
	const [low, ratio, high] = [0.25, 0.5, 0.75].map((share) => quantile(ratios, share));
	return { ratio: `${ratio.toFixed(2)} ×`, spread: `${low.toFixed(2)}–${high.toFixed(2)}` };
}

function besidePeers({ groups: [{ cases }], rules }) {
	const [growthbook, ripen] = cases;
	const name = "GrowthBook's `evalCondition`";
	return [
		{
			where: "Node",
			what: "a condition, after traits have changed (with the journey into the module and the fold)",
			figure: nanoseconds(median(ripen.times)),
			floor: `${name}: ${nanoseconds(median(growthbook.times))}`,
			...compared(ripen.times, growthbook.times),
		},
		{
			where: "Node",
			what: `json-rules-engine: a condition, of the ${rules.count} of ${rules.of} that it can say`,
			figure: nanoseconds(median(rules.times)),
			floor: `${name}, as above`,
			ratio: `${(median(rules.times) / median(growthbook.times)).toFixed(2)} ×`,
		},
	];
}

function nanoseconds(time) {
	return time < 10_000 ? `${Math.round(time).toLocaleString("en")} ns` : `${(time / 1_000).toFixed(0)} µs`;
}

const aByte = (time) => `${time.toFixed(1)} ns a byte`;

const perSecond = (time) => `${(1_000_000 / time).toFixed(0)} k/s (${nanoseconds(time)})`;

/** As Markdown, so that it is the same on the screen and on the page. */
export function table(rows) {
	const head = ["where", "what", "figure", "floor", "time ÷ floor's", "middle half"];
	const cells = rows.map(({ where, what, figure, floor = "", ratio = "", spread = "" }) => [
		where,
		what,
		figure,
		floor,
		ratio,
		spread,
	]);
	const line = (cells) => `| ${cells.join(" | ")} |`;
	return [line(head), line(["---", "---", "---:", "---", "---:", "---"]), ...cells.map(line)].join("\n");
}
