export const session = globalThis.sessionStorage;
export const local = globalThis.localStorage;
