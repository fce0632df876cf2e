/** How many calls may wait for `init`, or for Ripen's script (C23). */
export const mostQueued = 1_000;
