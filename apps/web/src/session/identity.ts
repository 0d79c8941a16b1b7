import type { ApiClient } from './api-client.js';
import { readTokenClaims } from './token-claims.js';

const TOKEN_KEY = 'parley.token';
const NAME_KEY = 'parley.name';
/** Seconds before its end from which a token is no longer worth starting a meeting with. */
const MARGIN_SECONDS = 600;

/** Takes a token out of the page's fragment (`#token=…`) into the tab's storage, and out of the address bar. */
export const adoptTokenFromAddress = (): void => {
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  if (!token) return;
  sessionStorage.setItem(TOKEN_KEY, token);
  history.replaceState(history.state, '', location.pathname + location.search);
};

/** The token of this tab: two tabs are two guests. */
export const currentToken = (): string | undefined => sessionStorage.getItem(TOKEN_KEY) ?? undefined;

export const forgetToken = (): void => sessionStorage.removeItem(TOKEN_KEY);

/** Makes sure that this tab has a token that lasts, as a guest if it came without one. */
export const ensureToken = async (api: ApiClient, displayName: string): Promise<string> => {
  const token = currentToken();
  const expires = token && readTokenClaims(token)?.exp;
  if (token && (!expires || expires - Date.now() / 1000 > MARGIN_SECONDS)) return token;
  const guest = await api.guest(displayName);
  sessionStorage.setItem(TOKEN_KEY, guest.access_token);
  return guest.access_token;
};

/** The name to propose: that of the token, or the one given last on this device. */
export const rememberedName = (): string => {
  const token = currentToken();
  return (token && readTokenClaims(token)?.name) || localStorage.getItem(NAME_KEY) || '';
};

export const rememberName = (name: string): void => localStorage.setItem(NAME_KEY, name);
