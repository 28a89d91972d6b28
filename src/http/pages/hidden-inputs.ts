// Fields that a form passes on unchanged.

import { markup, type Html } from '../html';

export type Parameters = readonly (readonly [name: string, value: string | undefined])[];

export function hiddenInputs(parameters: Parameters): readonly Html[] {
  return parameters
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => markup`<input type="hidden" name="${name}" value="${value}">`);
}
