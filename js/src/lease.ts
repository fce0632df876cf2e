import type { Core } from "./core.js";
import type { Local } from "./local.js";

/** So long nobody has what a dead tab had. */
const leaseMs = 5_000;
const renewMs = 2_000;
const lookMs = 500;
/** By then a tab knows what others have written at the same instant. */
const settleMs = 100;

/** The system's clock, since tabs may have been given others. It may jump: no lease ends later than the longest. */
const leftOf = (expiry: string | undefined) => {
	const left = Number(expiry) - Date.now();
	return left <= leaseMs ? left : 0;
};
const read = (local: Local, key: string) => (local.get(key) ?? "").split(" ");

/** Whether any tab has it. */
export const isLeased = (local: Local, key: string) => leftOf(read(local, key)[1]) > 0;

/**
 * What stands in for a Web Lock where there is none: a tab's name in localStorage, and until when. It is safe to lose: whoever looks
 * after its end takes it, and who had it finds out at the next look. `hold` is called with true and false in turn.
 */
export function lease(
	{ local, stream }: Pick<Core, "local" | "stream">,
	key: string,
	signal: AbortSignal,
	hold: (holds: boolean) => void,
): void {
	// It came too late, the chunk having taken its time: nothing would ever give it up.
	if (signal.aborted) return;
	let holds = false;
	let settled = 0;
	const look = () => {
		const [holder, expiry] = read(local, key);
		const isMine = holder === stream;
		const left = leftOf(expiry);
		if (isMine ? left < leaseMs - renewMs : left <= 0) local.set(key, `${stream} ${Date.now() + leaseMs}`);
		if (!isMine && left <= 0) {
			clearTimeout(settled);
			settled = setTimeout(look, settleMs);
		}
		if (isMine === holds) return;
		holds = isMine;
		hold(holds);
	};
	// Not a time at which to wake, which would be far if the clock is set back meanwhile.
	const looking = setInterval(look, lookMs);
	signal.addEventListener("abort", () => {
		clearInterval(looking);
		clearTimeout(settled);
		if (read(local, key)[0] === stream) local.set(key, undefined);
	});
	// Given up by another tab.
	addEventListener("storage", (event) => event.key?.endsWith(`:${key}`) && !event.newValue && look(), {
		signal,
	});
	look();
}

/**
 * Takes it if nobody has it, at once or not at all, or by `force` from whoever has; what gives it back. `lost` is called
 * where another tab has taken it from this one.
 */
export async function take(
	core: Pick<Core, "local" | "stream">,
	key: string,
	lost: () => void,
	force?: boolean,
) {
	if (force) core.local.set(key, `${core.stream} ${Date.now() + leaseMs}`);
	else if (isLeased(core.local, key)) return;
	const given = new AbortController();
	return new Promise<(() => void) | undefined>((resolve) => {
		const giveUp = () => {
			given.abort();
			resolve(undefined);
		};
		const late = setTimeout(giveUp, 2 * settleMs);
		lease(core, key, given.signal, (holds) => {
			clearTimeout(late);
			if (holds) return resolve(() => given.abort());
			given.abort();
			lost();
		});
	});
}
