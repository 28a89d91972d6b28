// The words of JSON Schema (draft-07) that kinds of options are described in. A schema serves people who write a configuration
// in an editor; the loader alone decides. Where the two may differ is said in docs/wix-saml.schema.json itself.

export interface JsonSchema {
  readonly $schema?: string;
  readonly title?: string;
  readonly description?: string;
  readonly $comment?: string;
  readonly type?: 'string' | 'integer' | 'boolean' | 'array' | 'object';
  readonly const?: string;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly not?: JsonSchema;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: JsonSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly propertyNames?: JsonSchema;
  readonly minProperties?: number;
  readonly additionalProperties?: JsonSchema | false;
  readonly default?: string | number | boolean;
  readonly examples?: readonly string[];
}

/** A text with a variable in it; what the variable holds is known when the configuration is read. */
export const fromEnvironment: JsonSchema = Object.freeze({
  type: 'string',
  pattern: '\\$\\{[A-Za-z_][A-Za-z0-9_]*\\}',
});

/** This, or whatever the environment says. */
export const orFromEnvironment = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, fromEnvironment] });

/** Text of which something is known. */
export const textSchema = (words: Omit<JsonSchema, 'type'> = {}): JsonSchema =>
  orFromEnvironment({ type: 'string', pattern: '\\S', ...words });
