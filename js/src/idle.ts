/** A session ends after so much idle time. (An enum, since the bundler writes those out where they are used.) */
export enum Idle {
	Ms = 1_800_000,
}
