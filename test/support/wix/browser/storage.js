export const session = globalThis.sessionStorage;
