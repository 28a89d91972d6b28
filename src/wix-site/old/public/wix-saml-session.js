// The member's session through the module that Wix deprecated in 2026: for sites that cannot install @wix/authentication.

import { authentication } from 'wix-members-frontend';

export const applySessionToken = (sessionToken) => authentication.applySessionToken(sessionToken);
export const loggedIn = () => authentication.loggedIn();
export const logout = () => authentication.logout();
export const onLogin = (handler) => authentication.onLogin(handler);
