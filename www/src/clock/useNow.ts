import { useEffect, useState } from "preact/hooks";
import { clock } from "./clock";

/** The time in milliseconds, read anew every `every` milliseconds and when the clock is moved. */
export function useNow(every = 60_000): number {
	const [now, setNow] = useState(() => clock.now());
	useEffect(() => {
		const read = () => setNow(clock.now());
		const timer = setInterval(read, every);
		const unwatch = clock.watch(read);
		return () => {
			clearInterval(timer);
			unwatch();
		};
	}, [every]);
	return now;
}
