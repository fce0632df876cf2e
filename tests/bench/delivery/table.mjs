/** The results, as Markdown. */

const cells = (result, requests) => {
	if (result.failed) return ["–", "–", "–", "–", "–"];
	const { sent, arrived, firstVisit, twice, stored, lost } = result;
	const back = firstVisit < arrived ? ` (${firstVisit})` : "";
	const store = twice > 0 ? ` (${stored})` : "";
	return [
		sent,
		`${arrived}${back}`,
		`${twice}${store}`,
		lost > 0 ? `**${lost}**` : lost,
		requests ? result.requests : "",
	];
};

export function table({ rows, sdks, results, titles }) {
	const parts = rows.map((row) => {
		const lines = sdks.map((sdk) => {
			const result = results.get(`${row.id} ${sdk}`);
			const name = sdk === "ripen" ? `**${titles[sdk]}**` : titles[sdk];
			const notes = [result.note, result.failed && `failed: ${result.failed}`, ...(result.strange ?? [])];
			return `| ${[name, ...cells(result, true), notes.filter(Boolean).join("; ")].join(" | ")} |`;
		});
		return [
			`### ${row.title}`,
			"",
			`\`--row ${row.id}\``,
			"",
			"| SDK | sent | arrived | twice | lost | requests | |",
			"| --- | ---: | ---: | ---: | ---: | ---: | --- |",
			...lines,
		].join("\n");
	});
	return parts.join("\n\n");
}

/** One line for each row: what each SDK lost of what was sent. */
export function summary({ rows, sdks, results, titles }) {
	const head = ["row", "sent", ...sdks.map((sdk) => titles[sdk])];
	const lines = rows.map((row) => {
		const of = sdks.map((sdk) => results.get(`${row.id} ${sdk}`));
		const lost = of.map(({ failed, lost, twice }) => {
			if (failed) return "–";
			return `${lost}${twice > 0 ? ` / ${twice}` : ""}`;
		});
		return [row.title, Math.max(...of.map(({ sent }) => sent)), ...lost];
	});
	const right = head.map((_, n) => (n === 0 ? "---" : "---:"));
	const all = [head, right, ...lines].map((line) => `| ${line.join(" | ")} |`).join("\n");
	return `Of each SDK: lost, and after the stroke how many came twice, where any did. A dash: the row did not end.\n\n${all}`;
}
