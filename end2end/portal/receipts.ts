import { expect, type Page } from '@playwright/test';
import { idIn } from './form_page.ts';
import { people } from './people.ts';
import { PIN, SigningPage } from './signing_page.ts';

/** A receipt as it is downloaded: the file, and what is read in it. */
export interface Receipt {
  file: string;
  read: { document: string; key: string; signature: string; enrolment: string; enrolment_signature: string };
}

/** Signs a commitment as the legal representative, in this browser; gives the filing's id. */
export async function commit(page: Page): Promise<string> {
  await SigningPage.enrolled(page, people.legalRepresentative);
  await page.goto('/commitments/templates/honest-operation');
  await page.locator('form:has(input[name=template]) button').click();
  await expect(page).toHaveURL(/\/drafts\//);
  await page.goto(`/drafts/${idIn(page, 'drafts')}/review`);
  await new SigningPage(page).awake();
  await page.getByLabel('签名 PIN').fill(PIN);
  await page.getByRole('button', { name: '签署并提交' }).click();
  await expect(page).toHaveURL(/\/filings\/.*filed=1/);
  return idIn(page, 'filings');
}

/** The receipt of a filing, for who is signed in. */
export async function receiptOf(page: Page, filing: string): Promise<Receipt> {
  const file = await (await page.request.get(`/filings/${filing}/receipt.json`)).text();
  return { file, read: JSON.parse(file) };
}

export const asFile = (content: string | Buffer, name = 'receipt.json') => ({
  name,
  mimeType: name.endsWith('.pdf') ? 'application/pdf' : 'application/json',
  buffer: Buffer.from(content),
});
