/** The whole catalogue, class by class. */
import type { AttackCase } from './catalogue';
import { costAttacks } from './cost';
import { encryptionAttacks } from './encryption';
import { httpAttacks } from './http';
import { identityAttacks } from './identity';
import { parsingAttacks } from './parsing';
import { semanticAttacks } from './semantics';
import { signatureAttacks } from './signature';
import { wrappingAttacks } from './wrapping';

export const attacks = {
  signature: signatureAttacks,
  wrapping: wrappingAttacks,
  parsing: parsingAttacks,
  semantics: semanticAttacks,
  identity: identityAttacks,
  encryption: encryptionAttacks,
  cost: costAttacks,
  http: httpAttacks,
} as const satisfies Readonly<Record<string, readonly AttackCase[]>>;
