import type { HTMLAttributes } from "preact";

declare global {
	namespace preact.JSX {
		interface IntrinsicElements {
			/** Where a playbook may put something. */
			"ripen-slot": HTMLAttributes<HTMLElement> & { name: string };
		}
	}
}
