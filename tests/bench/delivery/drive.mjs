/** In the page: starts the SDK as the address says, and gives the benchmark a handle. */
export function drive({ start, track }) {
	const query = new URLSearchParams(location.search);
	const burst = (label, count, size = 0) => {
		const padding = size > 0 ? { padding: "x".repeat(size) } : {};
		for (let n = 0; n < count; n++) track("search", { bench_id: `${label}-${n}`, ...padding });
	};
	addEventListener("pageshow", ({ persisted }) => {
		window.restored = persisted;
	});
	start(query.get("endpoint"), { held: query.has("held") });
	window.bench = {
		burst,
		/** In the task of the last event. */
		burstAndLeave(label, count, size) {
			burst(label, count, size);
			location.href = "/elsewhere";
		},
		/** One that is not counted. */
		another: () => track("page_viewed", {}),
		/** After the SDK's own handlers, which is the hard case. The count is for the benchmark to know that they ran. */
		trackWhenHiding(label) {
			const ran = () => localStorage.setItem("bench:ran", Number(localStorage.getItem("bench:ran") ?? 0) + 1);
			document.addEventListener("visibilitychange", () => {
				if (document.visibilityState !== "hidden") return;
				ran();
				burst(`${label}-visibilitychange`, 1);
			});
			addEventListener("pagehide", () => {
				ran();
				burst(`${label}-pagehide`, 1);
			});
		},
	};
	// While the page still loads.
	if (query.has("leave")) window.bench.burstAndLeave(query.get("leave"), Number(query.get("count")));
}
