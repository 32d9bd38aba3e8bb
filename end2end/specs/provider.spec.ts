import { generateKeyPairSync, randomBytes } from 'node:crypto';
import type { Server } from 'node:http';
import Provider from 'oidc-provider';
import { freePort, SecondPortal } from '../portal/second_portal.ts';
import { expect, test } from '../portal/test.ts';

// An OpenID provider that we did not write: what the portal asks of one is what the standard gives, not what our stand-in does.

const claims = {
  name: '欧阳证',
  enterprises: [{ credit_code: '92310120FXXY00035N', name: '上海市奉贤区示例点心店', role: 'legal_representative' }],
};

// Its own pages ask for a font from elsewhere and have no icon.
test.use({ expectedErrors: /fonts\.googleapis\.com|favicon\.ico/ });

let provider: Server;
let portal: SecondPortal;

test.beforeAll(async () => {
  const [providerPort, portalPort] = [await freePort(), await freePort()];
  const issuer = `http://127.0.0.1:${providerPort}`;
  const clientSecret = randomBytes(24).toString('hex');
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const openid = new Provider(issuer, {
    clients: [
      {
        client_id: 'chengxin',
        client_secret: clientSecret,
        redirect_uris: [`http://127.0.0.1:${portalPort}/sign-in/callback`],
        post_logout_redirect_uris: [`http://127.0.0.1:${portalPort}/`],
      },
    ],
    jwks: { keys: [{ ...key, kid: 'one', use: 'sig', alg: 'RS256' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'name', 'enterprises'], profile: ['name'] },
    conformIdTokenClaims: false,
    findAccount: (_: unknown, id: string) => ({ accountId: id, claims: async () => ({ sub: id, ...claims }) }),
  } as never);
  provider = openid.listen(providerPort, '127.0.0.1');
  portal = await SecondPortal.start({ port: portalPort, issuer, clientSecret });
});

test.afterAll(async () => {
  await portal?.stop();
  provider?.closeAllConnections();
  provider?.close();
});

test('people sign in, work and sign out with an OpenID provider that is not ours', async ({ page }) => {
  await page.goto(`${portal.url}/registrations/licence`);
  await page.locator('input[name=login]').fill('ouyang');
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: /continue/i }).click();

  await expect(page).toHaveURL(`${portal.url}/registrations/licence`);
  await expect(page.locator('.header__who')).toContainText(claims.name);
  await expect(page.locator('.header__who')).toContainText('上海市奉贤区示例点心店（法定代表人）');
  await page.getByRole('button', { name: '开始填写' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('资质证照登记');

  await page.getByRole('button', { name: '退出登录' }).click();
  await expect(page).toHaveURL(/\/session\/end/);
  await page.getByRole('button', { name: /yes/i }).click();
  await expect(page).toHaveURL(new RegExp(`^${portal.url}/`));
  await expect(page.getByRole('status')).toHaveText('您已退出登录。');
  await page.goto(`${portal.url}/filings`);
  await expect(page.locator('input[name=login]')).toBeVisible();
});
