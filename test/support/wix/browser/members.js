import * as module from '/__wix/browser/authentication.js';
import { site } from '/__wix/browser/site.js';

export const authentication = site.oldModules ? module : undefined;
export const currentMember = { getMember: async () => site.member ?? undefined };
