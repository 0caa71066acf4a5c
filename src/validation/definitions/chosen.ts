/**
 * Profiles that something other than the resource chooses: an ImplementationGuide for all resources of a type
 * (https://hl7.org/fhir/R4/implementationguide-definitions.html#ImplementationGuide.global), a CapabilityStatement
 * for those that a system takes (https://hl7.org/fhir/R4/profiling.html#CapabilityStatement).
 */
import type { CapabilityStatement, ImplementationGuide } from 'fhir/r4';

/** What a system demands of the resources of one type. */
export interface Demanded {
  /** Every resource conforms to this one. */
  readonly profile?: string;
  /** Every resource conforms to one of these. */
  readonly supported: readonly string[];
}

export class Chosen {
  readonly #global = new Map<string, Set<string>>();
  readonly #systems = new Map<string, CapabilityStatement>();

  addGuide({ global }: ImplementationGuide): void {
    for (const { type, profile } of global ?? []) {
      const profiles = this.#global.get(type) ?? new Set();
      this.#global.set(type, profiles.add(profile));
    }
  }

  addSystem(url: string, statement: CapabilityStatement): void {
    this.#systems.set(url, statement);
  }

  /** The profiles that loaded guides put on all resources of a type. */
  globalProfiles(type: string): readonly string[] {
    return [...(this.#global.get(type) ?? [])];
  }

  /** What the CapabilityStatement at this address demands of a type; undefined where it is not loaded. */
  demandedBy(url: string, type: string): Demanded | undefined {
    const statement = this.#systems.get(url);
    if (statement === undefined) return undefined;
    const stated = (statement.rest ?? [])
      .flatMap(({ resource }) => resource ?? [])
      .filter((one) => one.type === type);
    const profile = stated.find((one) => one.profile !== undefined)?.profile;
    return {
      ...(profile === undefined ? {} : { profile }),
      supported: stated.flatMap(({ supportedProfile }) => supportedProfile ?? []),
    };
  }
}
