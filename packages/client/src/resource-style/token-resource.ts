import type { GenerateTokenRequest, TokenResponse } from '../generated/types.gen.ts';
import type { ResourceTable } from './resource-table.ts';

/** Tokens, in the style of the published SDK. */
export interface TokenResource {
  /** @deprecated Use `client.token.create`; the client gets the tokens that it needs by itself. */
  generateToken(requestBody: GenerateTokenRequest): Promise<TokenResponse>;
  /** @deprecated Use `client.token.getUserInfo`. */
  getUserInfo(claims?: boolean): Promise<{ [key: string]: unknown }>;
}

export const tokenResource: ResourceTable<TokenResource> = {
  generateToken: 'token.create',
  getUserInfo: 'token.getUserInfo claims=false',
};
