/** `Retry-After` in milliseconds from `now`: seconds, or a date. */
export function retryAfter(header: string | null, now: number): number | undefined {
	if (!header) return;
	const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - now;
	return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
