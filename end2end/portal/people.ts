import { expect, type Page } from '@playwright/test';

/** The made-up people of the stand-in identity provider: the name of their button there, and who they are. */
export const people = {
  legalRepresentative: { button: 'legal-representative', name: '江大海', enterprise: '上海奉贤示例精密机械有限公司' },
  agent: { button: 'agent', name: '白小云', enterprise: '上海奉贤示例精密机械有限公司' },
  agentWithoutMandate: { button: 'agent-without-mandate', name: '甘路过', enterprise: '上海奉贤示例精密机械有限公司' },
  ofTwoEnterprises: { button: 'two-enterprises', name: '双木森', enterprise: '上海奉贤示例蜜梨种植专业合作社' },
  cosmeticsMaker: { button: 'breached', name: '余再来', enterprise: '上海奉贤示例美妆科技有限公司' },
  barred: { button: 'barred', name: '余会长', enterprise: '上海市奉贤区示例行业协会' },
  lawFirm: { button: 'faulty-records', name: '戴律师', enterprise: '上海示例律师事务所' },
  shopkeeper: { button: 'shopkeeper', name: '田小点', enterprise: '上海市奉贤区示例点心店' },
};
export type Somebody = (typeof people)[keyof typeof people];

/** Presses the person's button on the identity provider's page, which is already open. */
export async function chooseAtProvider(page: Page, person: Somebody) {
  await page.locator(`button[name=person][value=${person.button}]`).click();
}

/** Signs in and comes back to a page of the portal. */
export async function signIn(page: Page, person: Somebody, comeBackTo = '/filings') {
  await page.goto(`/sign-in?return_to=${encodeURIComponent(comeBackTo)}`);
  await chooseAtProvider(page, person);
  await expect(page).not.toHaveURL(/\/idp\//);
}
