// What the tests of `ripen/react` render, on a server and in the page.
import { createContext, lazy, Suspense, useContext, useEffect, useMemo } from "react";
import { RipenProvider, RipenSlot, useNudge, useRipen, useStage, useView } from "ripen/react";

/** What came to pass, in order: each rendering, with what was seen. */
export const Seen = createContext({ push() {} });

function Early() {
	const ripen = useRipen();
	useEffect(() => {
		ripen.track("project_created");
	}, [ripen]);
	return null;
}

function Journey() {
	const stage = useStage("journey");
	useContext(Seen).push(`stage ${stage}`);
	return <p id="stage">{stage ?? "unknown"}</p>;
}

function Tasks() {
	const counts = useView(({ signals }) => ({ tasks: signals.tasks }));
	useContext(Seen).push(`tasks ${counts?.tasks}`);
	return <p id="tasks">{counts?.tasks ?? "unknown"}</p>;
}

/** Drawn by the host. */
export function Hint() {
	const nudge = useNudge("hint");
	useEffect(() => nudge?.report("shown"), [nudge]);
	if (!nudge) return null;
	return (
		<section aria-label={nudge.text("title")}>
			<div ref={(element) => element?.replaceChildren(...nudge.nodes("body"))} />
			<button type="button" onClick={() => nudge.report("dismissed")}>
				Close
			</button>
		</section>
	);
}

export function App({ ripen, options, initialView, seen, late }) {
	const Late = useMemo(() => late && lazy(() => late.then(() => ({ default: Journey }))), [late]);
	return (
		<Seen.Provider value={seen}>
			<RipenProvider client={ripen} options={options} initialView={initialView}>
				<Early />
				<Journey />
				<Tasks />
				<RipenSlot name="sidebar" minHeight={120} className="side" />
				<Hint />
				{Late && (
					// In an element: at the root, what comes late could be the document's head, and nothing is sent before.
					<div>
						<Suspense fallback={<p>Wait</p>}>
							<Late />
						</Suspense>
					</div>
				)}
			</RipenProvider>
		</Seen.Provider>
	);
}
