/** The event that tells of a nudge that was considered. (An enum, since the bundler writes those out where they are used.) */
export enum Exposed {
	/** It is for the collector alone: nobody folds it. */
	Event = "$nudge_exposed",
}
