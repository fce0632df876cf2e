/** A person with a browser profile of their own, who visits the pages of one SDK. */
export class Visitor {
	#context;
	#site;
	#endpoint;
	#sdk;
	#pages = 0;
	/** Ids of all events that the page was told to track. */
	sent = new Set();

	constructor({ context, site, endpoint, sdk }) {
		this.#context = context;
		this.#site = site;
		this.#endpoint = endpoint;
		this.#sdk = sdk;
	}

	/** A page with the SDK; `query` as in drive.mjs and site.mjs. */
	async open(query = {}) {
		const page = await this.#context.newPage();
		await this.visit(page, query);
		return page;
	}

	async visit(page, query = {}) {
		const address = new URLSearchParams({ endpoint: this.#endpoint.origin, ...query });
		await page.goto(`${this.#site.origin}/page/${this.#sdk}?${address}`, { waitUntil: "commit" });
		if (!("leave" in query)) await page.waitForFunction(() => window.bench);
	}

	/** A page whose SDK has done what it does at its start. */
	async openIdle(query) {
		const page = await this.open(query);
		await this.idle(page);
		return page;
	}

	/** Nothing is loaded any more, and what was loaded has had a while to start. */
	async idle(page) {
		await page.waitForLoadState("networkidle", { timeout: 10_000 }).catch(() => {});
		await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_000)));
	}

	/** Tracks in one task. */
	async track(page, count, size) {
		const label = this.#promise(count);
		await page.evaluate(
			([label, count, size]) => window.bench.burst(label, count, size),
			[label, count, size],
		);
	}

	/** Tracks and leaves in one task. */
	async trackAndLeave(page, count, size) {
		const label = this.#promise(count);
		const gone = page.waitForURL("**/elsewhere");
		const run = ([label, count, size]) => window.bench.burstAndLeave(label, count, size);
		await page.evaluate(run, [label, count, size]).catch(() => {});
		await gone;
	}

	/** Opens a page that tracks and leaves as soon as its script runs. */
	async openAndLeave(count) {
		const page = await this.#context.newPage();
		const gone = page.waitForURL("**/elsewhere");
		await this.visit(page, { leave: this.#promise(count), count }).catch(() => {});
		await gone;
	}

	/** The next time that the page hides, its handlers track. */
	async trackWhenHiding(page) {
		const label = `p${this.#pages++}`;
		for (const handler of ["visibilitychange", "pagehide"]) this.sent.add(`${label}-${handler}-0`);
		await page.evaluate((label) => window.bench.trackWhenHiding(label), label);
	}

	leave(page) {
		return page.goto(`${this.#site.origin}/elsewhere`);
	}

	/** The renderer dies, as where memory is short. */
	async kill(page) {
		const session = await this.#context.newCDPSession(page);
		const crashed = page.waitForEvent("crash");
		session.send("Page.crash").catch(() => {});
		await crashed;
		await page.close();
	}

	/** This origin's databases may hold no more, and localStorage is filled to the last character. */
	async fillStorage() {
		const page = await this.#context.newPage();
		await this.leave(page);
		const session = await this.#context.newCDPSession(page);
		await session.send("Storage.overrideQuotaForOrigin", { origin: this.#site.origin, quotaSize: 1 });
		await page.evaluate(() => {
			let n = 0;
			for (let size = 1 << 20; size >= 1; ) {
				try {
					localStorage.setItem(`full${n++}`, "x".repeat(size));
				} catch {
					size = Math.floor(size / 2);
				}
			}
		});
		// The session keeps the limit, so the page stays.
	}

	/** From now on the site's pages are there without network. */
	async keepPages(page) {
		await page.evaluate(async () => {
			await navigator.serviceWorker.register("/worker.js");
			await navigator.serviceWorker.ready;
		});
		await page.reload();
		await page.waitForFunction(() => window.bench && navigator.serviceWorker.controller);
		await this.idle(page);
	}

	offline(is) {
		return this.#context.setOffline(is);
	}

	async reload(page) {
		await page.reload({ waitUntil: "commit" });
		await page.waitForFunction(() => window.bench);
	}

	/** Comes back, and does something: some SDKs look at what they have kept only then. */
	async comeBack() {
		const page = await this.open();
		await page.evaluate(() => window.bench.another());
	}

	/** Leaves all pages of the SDK as one does, and closes them; how many there were. */
	async leaveAll() {
		const pages = this.#context.pages().filter((page) => page.url().includes("/page/"));
		for (const page of pages) await this.leave(page);
		for (const page of pages) await page.close();
		return pages.length;
	}

	#promise(count) {
		const label = `p${this.#pages++}`;
		for (let n = 0; n < count; n++) this.sent.add(`${label}-${n}`);
		return label;
	}
}
