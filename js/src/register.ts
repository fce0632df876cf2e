/**
 * What the playbook of a product makes of the types: `ripen types` fills in the two interfaces below, by declaring the
 * module "ripen" once more. While they are empty every name is right.
 */
import type { Properties } from "./types.js";

/**
 * Event → its properties, for `track`. Empty: any event. Add those that no signal hears by hand, or by
 * `ripen types --events`: as soon as one is listed, others are mistakes.
 */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be declared again.
export interface KnownEvents {}

/** All other names of the playbook, by what they are. */
// biome-ignore lint/suspicious/noEmptyInterface: it is there to be declared again.
export interface Register {}

/** What is registered under a name, or what stands for anything. */
type Registered<Name extends string, Anything> =
	Register extends Record<Name, infer Known> ? Known : Anything;
/** What is registered, and besides anything else. */
type Open<Known extends string> = Known | (string & {});

/** By event: no condition, so that a host's own function may be generic over events and hand on to `track`. */
type EventTypes = [keyof KnownEvents] extends [never]
	? Record<string, Properties>
	: { [Name in keyof KnownEvents]: KnownEvents[Name] & Properties };
/** An event that is tracked. */
export type EventName = keyof EventTypes & string;
/** Its properties: those that the playbook looks at have their types, others may have any. */
export type PropertiesOf<Name extends EventName> = EventTypes[Name];

/** A page that the playbook knows, or any other. */
export type PageName = Open<Registered<"pages", string>>;
/** What `trigger` may be called with. */
export type TriggerName = Registered<"triggers", string>;
/** What buttons of nudges may call: keys of `init({ actions })`. */
export type ActionName = Registered<"actions", string>;
/** A slot that nudges are drawn in. */
export type SlotName = Registered<"slots", string>;
export type NudgeId = Registered<"nudges", string>;
export type SegmentId = Registered<"segments", string>;
export type MomentId = Registered<"moments", string>;
export type Momentum = "new" | "current" | "resurrected" | "dormant" | "at_risk";

/** By name; of a playbook that is known any may be missing, since what is published may be another. */
type ByName<Name extends string, Anything> =
	Register extends Record<Name, infer Known> ? Partial<Known> : Record<string, Anything>;
type NameOf<Name extends string> = keyof Registered<Name, Record<string, unknown>> & string;
/** Signal → its value. */
export type Signals = ByName<"signals", number | string | boolean>;
export type SignalName = NameOf<"signals">;
export type ScoreName = NameOf<"bands">;
/** Score → its points. */
export type Scores =
	Register extends Record<"bands", unknown> ? Partial<Record<ScoreName, number>> : Record<string, number>;
/** Score → the band that it falls into. */
export type Bands = ByName<"bands", string>;
export type LadderName = NameOf<"stages">;
/** Ladder → rung. */
export type Stages = ByName<"stages", string>;
/** A rung of a ladder. */
export type StageOf<Ladder extends LadderName> = NonNullable<Stages[Ladder]>;

/** Traits of a person: those that the playbook looks at have their types, others may have any. */
export type UserTraits = Registered<"user", Properties> & Properties;
/** Traits of an account. */
export type AccountTraits = Registered<"account", Properties> & Properties;

/** What can be explained: a definition by its kind and name; of a ladder a rung, too. */
export type DefinitionId = Open<
	| `nudges.${NudgeId}`
	| `ladders.${LadderName}`
	| `segments.${SegmentId}`
	| `moments.${MomentId}`
	| `scores.${ScoreName}`
	| `signals.${SignalName}`
>;
