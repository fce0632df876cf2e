// A page of any engine, over what its driver can do.

const longestWaitMs = 20_000;

export function pageOver({ run, navigate, reload, back, close }) {
	const page = {
		navigate,
		reload,
		back,
		close,
		/** Calls a function in the page, with arguments that are JSON; what it returns or resolves to, as JSON. */
		async evaluate(work, ...given) {
			const call = `(${work})(...${JSON.stringify(given)})`;
			return JSON.parse(await run(`(async () => JSON.stringify((await ${call}) ?? null))()`));
		},
		/** Waits until a function in the page returns something; while the page goes or comes it need not answer. */
		async waitFor(what, holds, ...given) {
			let last;
			await until(what, async () => {
				try {
					last = undefined;
					return await page.evaluate(holds, ...given);
				} catch (error) {
					last = error;
				}
			}).catch((error) => {
				throw last ? new Error(`${error.message}: ${last.message}`) : error;
			});
		},
		/** The package has been imported and `init` called. */
		started: () => page.waitFor("Ripen started", () => Boolean(window.ripen)),
		ready: () => page.waitFor("the engine is ready", () => window.ripen.health().engine === "ready"),
		health: () => page.evaluate(() => window.ripen.health()),
		flush: () => page.evaluate(() => window.ripen.flush()),
		/** Takes `count` events named `step`, numbered from `first`. */
		track: (count, first = 0) =>
			page.evaluate(
				(count, first) => {
					for (let n = first; n < first + count; n++) window.ripen.track("step", { n });
				},
				count,
				first,
			),
		/** All that was ever to be seen of Ripen by the host: nothing. */
		errors: () => page.evaluate(() => window.seen.errors),
	};
	return page;
}

/** Waits for a condition on this side. */
export async function until(what, holds) {
	const end = Date.now() + longestWaitMs;
	while (!(await holds())) {
		if (Date.now() > end) throw new Error(`never: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}
