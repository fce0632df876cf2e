"use client";

import { useEffect, useRef, useState } from "react";
import { useRipen, useStage, useView } from "ripen/react";

export function Journey() {
	const { flush, health, on, track } = useRipen();
	const stage = useStage("journey");
	const state = useView((view) => view.state);
	const [engine, setEngine] = useState();
	const isTracked = useRef(false);
	useEffect(() => on("health", () => setEngine(health().engine)), [on, health]);
	useEffect(() => {
		if (isTracked.current) return;
		isTracked.current = true;
		for (const title of ["Buy bread", "Bake a cake", "Invite Ada"]) track("task_created", { title });
		flush();
	}, [flush, track]);
	return (
		<>
			<output id="stage">{stage}</output>
			<output id="state">{state}</output>
			<output id="engine">{engine}</output>
		</>
	);
}
