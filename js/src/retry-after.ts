/** `Retry-After` in milliseconds from `now`: seconds, or a date. */
export function retryAfter(header: string | null | undefined, now: number): number | undefined {
	if (!header) return;
	const ms = +header >= 0 ? +header * 1000 : Math.max(0, Date.parse(header) - now);
	return ms >= 0 ? ms : undefined;
}
