import {
	ErrorCode,
	type EvaluationContext,
	type JsonValue,
	OpenFeatureEventEmitter,
	type Provider,
	ProviderEvents,
	type ResolutionDetails,
	StandardResolutionReasons,
	type TrackingEventDetails,
} from "@openfeature/web-sdk";
import type { Bindable } from "../bound/client.js";
import { watchView } from "../bound/view.js";
import type { NudgeId } from "../register.js";
import type { Properties } from "../types.js";
import { absent, changedKeys, type Flags, type FlagValue, flagsOf, keysOf } from "./flags.js";
import { watchNudges } from "./nudges.js";

export interface RipenProviderOptions {
	/** The playbook's document, so that a flag that it does not have is `FLAG_NOT_FOUND`. Default: any name could be one. */
	playbook?: object;
	/**
	 * The nudges that there are flags of. They are asked of `explain`, which loads a larger module, and anew at each change.
	 * Default: none.
	 */
	nudges?: readonly NudgeId[];
	/** `true`: the context's `targetingKey` is handed to `identify`, without attributes. Default: you call `identify`. */
	identify?: boolean;
}

/** Answers flags by how Ripen sees the person. Starting Ripen is the host's: `init` is not called here. */
export class RipenProvider implements Provider {
	readonly metadata = { name: "ripen" } as const;
	readonly runsOn = "client" as const;
	readonly events = new OpenFeatureEventEmitter();
	readonly #client: Bindable;
	readonly #options: RipenProviderOptions;
	readonly #keys: Set<string> | undefined;
	readonly #view: ReturnType<typeof watchView>;
	#nudges: ReturnType<typeof watchNudges> | undefined;
	/** As they were told last. */
	#flags: Flags = new Map();
	#variants: Flags = new Map();
	#isTold = false;
	#unwatch = () => {};

	constructor(client: Bindable, options: RipenProviderOptions = {}) {
		this.#client = client;
		this.#options = options;
		this.#keys = options.playbook && keysOf(options.playbook);
		this.#view = watchView(client);
	}

	/** Ready when there is something to answer by: the last known view, or that the engine runs and knows nobody yet. */
	async initialize(context: EvaluationContext = {}): Promise<void> {
		this.#identify({}, context);
		const nudges = watchNudges(this.#client, this.#options.nudges ?? [], () => this.#changed());
		this.#nudges = nudges;
		const unwatch = this.#view.watch(() => {
			this.#changed();
			nudges.look();
		});
		this.#unwatch = () => {
			unwatch();
			nudges.end();
		};
		await this.#isReady();
		await nudges.look();
		this.#changed();
		this.#isTold = true;
	}

	async onClose(): Promise<void> {
		this.#unwatch();
	}

	onContextChange(before: EvaluationContext, after: EvaluationContext): void {
		this.#identify(before, after);
	}

	resolveBooleanEvaluation(key: string, otherwise: boolean): ResolutionDetails<boolean> {
		return this.#resolve(key, otherwise);
	}

	resolveStringEvaluation(key: string, otherwise: string): ResolutionDetails<string> {
		const variant = this.#nudges?.variants.get(key);
		if (variant === undefined) return this.#resolve(key, otherwise);
		return { value: `${variant}`, variant: `${variant}`, reason: StandardResolutionReasons.SPLIT };
	}

	resolveNumberEvaluation(key: string, otherwise: number): ResolutionDetails<number> {
		return this.#resolve(key, otherwise);
	}

	/** No flag of Ripen's is an object. */
	resolveObjectEvaluation<Value extends JsonValue>(key: string, otherwise: Value): ResolutionDetails<Value> {
		return this.#resolve(key, otherwise as never);
	}

	/** OpenFeature's tracking is an event: `client.track("checked_out", { value: 99 })`. */
	track(event: string, _context: EvaluationContext, details: TrackingEventDetails): void {
		this.#client.track(event, { ...details } as Properties);
	}

	#resolve<Value extends FlagValue>(key: string, otherwise: Value): ResolutionDetails<Value> {
		const refuse = (errorCode: ErrorCode, errorMessage: string) => ({
			value: otherwise,
			reason: StandardResolutionReasons.ERROR,
			errorCode,
			errorMessage,
		});
		if (this.#keys && !this.#keys.has(key))
			return refuse(ErrorCode.FLAG_NOT_FOUND, `the playbook has no ${key}`);
		const view = this.#view.now();
		if (!view && this.#client.health().engine !== "ready")
			return refuse(ErrorCode.PROVIDER_NOT_READY, "nothing is known of the person yet");
		const value = this.#flags.get(key) ?? absent(key);
		if (value === undefined) {
			// The playbook has it, and this person does not, yet.
			if (this.#keys) return { value: otherwise, reason: StandardResolutionReasons.DEFAULT };
			return refuse(ErrorCode.FLAG_NOT_FOUND, `nothing is known of ${key}`);
		}
		if (typeof value !== typeof otherwise)
			return refuse(ErrorCode.TYPE_MISMATCH, `${key} is a ${typeof value}`);
		const isCurrent = view?.state === "current";
		return {
			value: value as Value,
			...(typeof value === "string" && { variant: value }),
			reason: isCurrent ? StandardResolutionReasons.TARGETING_MATCH : StandardResolutionReasons.CACHED,
		};
	}

	#now(): Flags {
		const view = this.#view.now();
		return new Map([...(view ? flagsOf(view) : []), ...(this.#nudges?.holds ?? [])]);
	}

	#changed(): void {
		const [flags, variants] = [this.#now(), new Map(this.#nudges?.variants)];
		const changed = [...changedKeys(this.#flags, flags), ...changedKeys(this.#variants, variants)];
		[this.#flags, this.#variants] = [flags, variants];
		const flagsChanged = [...new Set(changed)];
		// Before it is ready, nobody has been told anything.
		if (flagsChanged.length && this.#isTold)
			this.events.emit(ProviderEvents.ConfigurationChanged, { flagsChanged });
	}

	#identify(before: EvaluationContext, { targetingKey }: EvaluationContext): void {
		if (this.#options.identify && targetingKey && targetingKey !== before.targetingKey)
			this.#client.identify(targetingKey);
	}

	#isReady(): Promise<void> {
		return new Promise((resolve, reject) => {
			const ends: (() => void)[] = [];
			const look = () => {
				const { engine, consent } = this.#client.health();
				const isKnown = this.#view.now() !== undefined || engine === "ready";
				// Who declined is not evaluated.
				if (!isKnown && engine === "loading" && consent !== "denied") return;
				for (const end of ends) end();
				if (isKnown) resolve();
				else reject(new Error("the engine cannot run here, and nothing is known of the person"));
			};
			ends.push(this.#view.watch(look), this.#client.on("health", look));
			look();
		});
	}
}
