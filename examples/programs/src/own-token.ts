// Tokens from a source of your own, such as a vault or a sidecar, in place of a key and its secret.
import { createConductorClient } from '@conductor-ts/client';

let minted = 0;
const newToken = async (): Promise<string> => {
  minted += 1;
  return `token-${minted}`;
};
let token = newToken();

await using client = await createConductorClient({}, undefined, {
  tokens: {
    getToken: () => token,
    // Called when the server has refused a token. Others may have got a new one meanwhile.
    async refreshToken(rejected) {
      if ((await token) === rejected) token = newToken();
      return token;
    },
  },
});
console.log(typeof (await client.version.get()), minted);
