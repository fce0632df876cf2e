// A tab as a user has it: Playwright tells each of its pages that it is visible and has the focus, and no such page
// is ever hidden or frozen. This one is driven by the protocol itself.

/** Opens a tab in Playwright's `browser`, of a profile of its own or beside `neighbour`. */
export async function openBareTab(browser, url, neighbour) {
	const session = await browser.newBrowserCDPSession();
	const browserContextId =
		neighbour?.profile ?? (await session.send("Target.createBrowserContext")).browserContextId;
	const { targetId } = await session.send("Target.createTarget", { url, browserContextId });
	const { sessionId } = await session.send("Target.attachToTarget", { targetId, flatten: false });
	const answers = new Map();
	let last = 0;
	session.on("Target.receivedMessageFromTarget", ({ message }) => {
		const { id, result, error } = JSON.parse(message);
		answers.get(id)?.(error ? Promise.reject(new Error(error.message)) : result);
		answers.delete(id);
	});
	const send = (method, params = {}) =>
		new Promise((resolve, reject) => {
			const id = ++last;
			answers.set(id, resolve);
			const message = JSON.stringify({ id, method, params });
			session.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
		});
	const evaluate = async (work, ...given) => {
		const expression = `(${work})(...${JSON.stringify(given)})`;
		const { result, exceptionDetails } = await send("Runtime.evaluate", {
			expression,
			awaitPromise: true,
			returnByValue: true,
		});
		if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
		return result.value;
	};
	const setState = (state) => send("Page.setWebLifecycleState", { state });
	const setWindow = async (windowState) => {
		const { windowId } = await session.send("Browser.getWindowForTarget", { targetId });
		await session.send("Browser.setWindowBounds", { windowId, bounds: { windowState } });
	};
	return {
		profile: browserContextId,
		evaluate,
		/** Hides it first, as browsers do. */
		freeze: () => setState("frozen"),
		/** It runs again, and is still hidden. */
		resume: () => setState("active"),
		hide: () => setWindow("minimized"),
		/** Only a window that was put away is shown again. */
		async show() {
			await setWindow("minimized");
			await setWindow("normal");
		},
		close: () => session.send("Target.closeTarget", { targetId }),
		/** Closes all tabs of its profile. */
		closeAll: () => session.send("Target.disposeBrowserContext", { browserContextId }),
	};
}
