import { expect, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { required } from './environment.ts';
import { FilingPage } from './filing_page.ts';
import { FormPage } from './form_page.ts';
import { ImportPage } from './import_page.ts';
import { ImportStartPage } from './import_start_page.ts';
import { notReallyAPdf, soundLicence } from './licence.ts';
import { chooseAtProvider, people, signIn, type Somebody } from './people.ts';
import { platform } from './platform.ts';
import { ReviewPage } from './review_page.ts';
import { csvFile } from './spreadsheet.ts';

export type Language = 'zh-CN' | 'en';

/** The cookie of somebody who is signed in, and where things stand that were made for looking at. */
export interface Prepared {
  cookies: Awaited<ReturnType<BrowserContext['cookies']>>;
  drafts: Record<'empty' | 'withFiles' | 'sound' | 'rivals' | 'correction' | 'operations' | 'contract', string>;
  imports: Record<'faulty' | 'refused', string>;
  filings: Record<'accepted' | 'forwarded' | 'underReview' | 'returned' | 'published' | 'refused' | 'withdrawn' | 'superseded', string>;
}

/** A page, in one of its states. `status`: what the page is answered with, if not 200; Chromium notes that in its console. */
export interface Place {
  name: string;
  open: (page: Page, prepared: Prepared) => Promise<unknown>;
  who?: 'nobody';
  status?: number;
}

const at = (path: (prepared: Prepared) => string) => (page: Page, prepared: Prepared) => page.goto(path(prepared));

/** As somebody else, whose records are in another state. */
const as = (person: Somebody, path: string) => (page: Page) => signIn(page, person, path);

/** A draft about a record that can be repaired, begun or gone on with; then the page of it that is wanted. */
const about = (says: 'put_right' | 'data_wrong', then: string) => async (page: Page) => {
  await signIn(page, people.lawFirm, `/records/FXR-0045?says=${says}`);
  const form = says === 'put_right' ? 'form[action="/repairs"]' : 'form[action="/drafts"]';
  const goOn = page.locator('main a[href^="/drafts/"]');
  await page.locator(`main ${form} button`).or(goOn).first().click();
  await expect(page).toHaveURL(/\/drafts\/[0-9a-f-]{36}$/);
  return page.goto(`${new URL(page.url()).pathname}${then}`);
};

/** Every page of the portal, in every state that it has. */
export const everyPage: Place[] = [
  { name: 'home, signed out', who: 'nobody', open: at(() => '/') },
  { name: 'home', open: at(() => '/') },
  { name: 'help', who: 'nobody', open: at(() => '/help') },
  { name: 'privacy', who: 'nobody', open: at(() => '/privacy') },
  { name: 'accessibility', who: 'nobody', open: at(() => '/accessibility') },
  { name: 'the groups of registration', who: 'nobody', open: at(() => '/registrations') },
  { name: 'before a registration', open: at(() => '/registrations/licence') },
  { name: 'before a contract is registered', open: at(() => '/registrations/contract') },
  { name: 'a draft of operations', open: at(({ drafts }) => `/drafts/${drafts.operations}`) },
  { name: 'a draft of a contract with problems', open: at(({ drafts }) => `/drafts/${drafts.contract}?check=1`) },
  { name: 'an empty draft', open: at(({ drafts }) => `/drafts/${drafts.empty}`) },
  { name: 'a draft with problems', open: at(({ drafts }) => `/drafts/${drafts.withFiles}?check=1`) },
  { name: 'a draft with files, one refused', open: at(({ drafts }) => `/drafts/${drafts.withFiles}?saved=1`) },
  { name: 'a draft that was put back', open: at(({ drafts }) => `/drafts/${drafts.sound}?restored=1`) },
  { name: 'a draft that corrects', open: at(({ drafts }) => `/drafts/${drafts.correction}`) },
  { name: 'a draft with a rival', open: at(({ drafts }) => `/drafts/${drafts.rivals}`) },
  { name: 'two versions', open: at(({ drafts }) => `/drafts/${drafts.rivals}/versions`) },
  { name: 'a review', open: at(({ drafts }) => `/drafts/${drafts.sound}/review`) },
  { name: 'the review of a correction', open: at(({ drafts }) => `/drafts/${drafts.correction}/review`) },
  {
    name: 'a review without its pledge',
    status: 422,
    open: async (page, { drafts }) => {
      await page.goto(`/drafts/${drafts.sound}/review`);
      await page.locator('button[name=action][value=submit]').click();
      await expect(page.locator('#problems')).toBeVisible();
    },
  },
  { name: 'the list', open: at(() => '/filings') },
  { name: 'looking enterprises up', who: 'nobody', open: at(() => '/enterprises') },
  { name: 'enterprises that were found', who: 'nobody', open: at(() => '/enterprises?q=示例') },
  { name: 'what an enterprise made public', who: 'nobody', open: at(() => '/enterprises/93310120FXXY00043E') },
  { name: 'an enterprise that is not known', who: 'nobody', status: 404, open: at(() => '/enterprises/91310120FXXY000190') },
  { name: 'verifying a receipt', who: 'nobody', open: at(() => '/verify') },
  {
    name: 'a file that is no receipt',
    who: 'nobody',
    open: async (page) => {
      await page.goto('/verify');
      await expect(page.locator('html')).toHaveAttribute('data-hydrated', '');
      await page.locator('#file').setInputFiles({ name: 'a.json', mimeType: 'application/json', buffer: Buffer.from('{}') });
      await expect(page.locator('.verdict')).toBeVisible();
    },
  },
  { name: 'a code that nothing has', who: 'nobody', status: 404, open: at(() => '/verify?code=31012020261123999999') },
  { name: 'the signing keys', open: at(() => '/signing-keys') },
  { name: 'taking a key to another device', open: at(() => '/signing-keys/transfer') },
  { name: 'before an import', open: at(() => '/registrations/contract/import') },
  { name: 'an import with faults', open: at(({ imports }) => `/imports/${imports.faulty}`) },
  { name: 'all rows of an import', open: at(({ imports }) => `/imports/${imports.faulty}?all=1`) },
  { name: 'a row to be mended', open: at(({ imports }) => `/imports/${imports.faulty}/rows/3`) },
  { name: 'the pledge of an import', open: at(({ imports }) => `/imports/${imports.faulty}/filing`) },
  { name: 'asking before an import is put away', open: at(({ imports }) => `/imports/${imports.faulty}/closure`) },
  { name: 'an import that could not be read', open: at(({ imports }) => `/imports/${imports.refused}`) },
  {
    name: 'before an import, with faults in pasted rows',
    open: async (page) => {
      const start = await ImportStartPage.open(page, 'contract');
      await start.isAwake();
      await start.paste('合同编号\t合同名称\nHT-1\t零件加工合同\nHT-2\t');
      await expect(start.faults).not.toHaveCount(0);
    },
  },
  {
    name: 'before an import, with nothing sent',
    status: 422,
    open: async (page) => {
      await (await ImportStartPage.open(page)).sendRows.click();
      await expect(page.locator('#problems')).toBeVisible();
    },
  },
  { name: 'the notices', open: at(() => '/notices') },
  { name: 'where notices are sent', open: at(() => '/notices/settings') },
  { name: 'the overview', open: at(() => '/overview') },
  { name: 'dishonesty records that are repaired elsewhere', open: at(() => '/records') },
  { name: 'a record of a tax authority', open: at(() => '/records/FXR-0031') },
  { name: 'dishonesty records, some given badly', who: 'nobody', open: as(people.lawFirm, '/records') },
  { name: 'a record that can be repaired', who: 'nobody', open: as(people.lawFirm, '/records/FXR-0045?says=put_right') },
  { name: 'a record to object to', who: 'nobody', open: as(people.lawFirm, '/records/FXR-0045?says=data_wrong') },
  { name: 'a record whose penalty is contested', who: 'nobody', open: as(people.lawFirm, '/records/FXR-0045?says=penalty_wrong') },
  { name: 'a record that was given badly', who: 'nobody', open: as(people.lawFirm, '/records/FXR-0044') },
  { name: 'dishonesty records of who is barred', who: 'nobody', open: as(people.barred, '/records') },
  { name: 'a record of who is barred', who: 'nobody', open: as(people.barred, '/records/FXR-0051') },
  { name: 'applications for repair in preparation', open: at(() => '/repairs') },
  { name: 'an application for repair', who: 'nobody', open: about('put_right', '?check=1') },
  { name: 'the check of an application for repair', who: 'nobody', open: about('put_right', '/review') },
  { name: 'an objection', who: 'nobody', open: about('data_wrong', '?check=1') },
  { name: 'the check of an objection', who: 'nobody', open: about('data_wrong', '/review') },
  { name: 'applications for repair, one to fill in', who: 'nobody', open: as(people.lawFirm, '/repairs') },
  { name: 'everything, to be printed', open: at(() => '/overview/print') },
  { name: 'the list after a deletion', open: at(() => '/filings?deleted=1') },
  { name: 'a filing just accepted', open: at(({ filings }) => `/filings/${filings.accepted}?filed=1`) },
  { name: 'a filing with the platform', open: at(({ filings }) => `/filings/${filings.forwarded}`) },
  { name: 'a filing under review', open: at(({ filings }) => `/filings/${filings.underReview}`) },
  { name: 'a filing returned', open: at(({ filings }) => `/filings/${filings.returned}`) },
  { name: 'a filing granted and published', open: at(({ filings }) => `/filings/${filings.published}`) },
  { name: 'a filing refused', open: at(({ filings }) => `/filings/${filings.refused}`) },
  { name: 'a filing withdrawn', open: at(({ filings }) => `/filings/${filings.withdrawn}`) },
  { name: 'a filing replaced', open: at(({ filings }) => `/filings/${filings.superseded}`) },
  { name: 'asking before a deletion', open: at(({ drafts }) => `/drafts/${drafts.sound}/deletion`) },
  {
    name: 'asking before an authorisation is withdrawn',
    open: at(({ filings }) => `/filings/${filings.published}/authorisations/publish/withdrawal`),
  },
  { name: 'asking before a withdrawal', open: at(({ filings }) => `/filings/${filings.forwarded}/withdrawal`) },
  { name: 'choosing an enterprise', open: at(() => '/enterprise') },
  { name: 'an address that does not exist', status: 404, open: at(() => '/nowhere') },
  {
    name: 'signed out while typing',
    status: 401,
    open: async (page, { drafts }) => {
      await page.goto(`/drafts/${drafts.empty}`);
      await page.context().clearCookies({ name: 'session' });
      await page.locator('button[name=action][value=save]').click();
      await expect(page.locator('form[action^="/drafts/"]')).toHaveCount(0);
    },
  },
];

/** A context of somebody who is signed in, or of nobody, in a language and type size. */
export async function visit(
  browser: Browser,
  prepared: Prepared,
  place: Place,
  options: { language?: Language; elder?: boolean; width?: number; dark?: boolean } = {},
) {
  const { language = 'zh-CN', elder = false, width = 1280, dark = false } = options;
  const context = await browser.newContext({
    baseURL: required('PORTAL_URL'),
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    viewport: { width, height: 900 },
    colorScheme: dark ? 'dark' : 'light',
  });
  if (place.who !== 'nobody') await context.addCookies(prepared.cookies);
  const own = { url: required('PORTAL_URL') };
  await context.addCookies([{ ...own, name: 'lang', value: language }]);
  if (elder) await context.addCookies([{ ...own, name: 'type', value: 'elder' }]);
  return context;
}

/**
 * Makes one draft or filing for each state. They belong to an enterprise that hardly any other test
 * acts for, so that its pages stay as they are.
 */
export async function prepare(browser: Browser): Promise<Prepared> {
  const context = await browser.newContext({ baseURL: required('PORTAL_URL'), locale: 'zh-CN' });
  const page = await context.newPage();
  const person = people.ofTwoEnterprises;
  await page.goto('/sign-in');
  await chooseAtProvider(page, person);
  await page.getByLabel(person.enterprise).check();
  await page.locator('button[name=action][value=choose]').click();
  await expect(page).toHaveURL('/filings');
  const filed = async () => {
    const { id } = await FilingPage.file(page);
    await platform.received(id);
    return id;
  };
  const reviewed = async () => {
    const id = await filed();
    await platform.takeUp(id);
    return id;
  };
  const shows = async (id: string, words: string) =>
    expect(async () => {
      await page.goto(`/filings/${id}`);
      await expect(page.locator('.state')).toContainText(words, { timeout: 300 });
    }).toPass({ timeout: 10_000 });

  await platform.behave('normal');
  const forwarded = await filed();
  const underReview = await reviewed();
  const returned = await reviewed();
  const superseded = await reviewed();
  const comments = [{ field: 'number', comment: '编号与附件上的不一致，请核对。' }];
  await platform.sendBack(returned, comments, '请在十个工作日内补正。');
  await platform.sendBack(superseded, comments);
  const toPublish = await FilingPage.file(page, soundLicence(), ['publish']);
  const published = toPublish.id;
  await platform.received(published);
  await platform.takeUp(published);
  await platform.grant(published);
  await platform.publish(published, '2029-11-22');
  const refused = await reviewed();
  await platform.refuse(refused, '证照已经被发证机关注销。');
  const withdrawn = await filed();
  await page.goto(`/filings/${withdrawn}/withdrawal`);
  await page.locator('button[name=action][value=confirm]').click();
  const accepted = await filed();

  await shows(superseded, '退回补正');
  await page.locator('button[name=action][value=correct]').click();
  const correcting = new FormPage(page);
  await correcting.fill({ number: '已改' });
  await correcting.goOn();
  await (await ReviewPage.isOpen(page)).pledgeAndSubmit();

  await shows(returned, '退回补正');
  await page.locator('button[name=action][value=correct]').click();
  const correction = new FormPage(page);
  await correction.fill({ number: '改过的编号', scope: '' });
  await correction.saveButton.click();
  const correctionId = correction.id;

  const empty = (await FormPage.begin(page)).id;
  const withFiles = await FormPage.begin(page);
  await withFiles.fill({ title: soundLicence().title, issued_on: '2026-02-30', issuer_code: '91310120FXXY000190', look_up: 'x' });
  await withFiles.attach();
  await withFiles.attach(notReallyAPdf());
  const withFilesId = withFiles.id;
  const sound = await FormPage.begin(page);
  await sound.fillSoundly();
  await sound.saveButton.click();
  const soundId = sound.id;

  const operations = (await FormPage.begin(page, 'operations')).id;
  const contractForm = await FormPage.begin(page, 'contract');
  await contractForm.control('amount').fill('一万');
  await contractForm.control('party_a_code').fill('9.13101E+17');
  await contractForm.control('breach_by').check();
  await contractForm.saveButton.click();
  const contract = contractForm.id;

  const rows = [['年度', '主营产品或服务', '营业收入（万元）'], ['2024', '模具加工', '120'], ['去年', '冷链', '一万']];
  const faulty = (await ImportPage.send(page, 'operations', csvFile('经营情况.csv', rows))).id;
  const unreadable = (await ImportPage.send(page, 'operations', csvFile('空表.csv', [['甲', '乙']]))).id;

  const contested = await FormPage.begin(page);
  const contestedId = contested.id;
  const tab = await context.newPage();
  await tab.goto(page.url());
  const late = new FormPage(tab);
  await contested.fill({ title: '先保存的名称', issuer: '发证机关' });
  await contested.saveButton.click();
  await expect(page).toHaveURL(/saved=1/);
  await late.fill({ title: '后保存的名称', issuer: '发证机关' });
  await late.saveButton.click();
  await expect(tab).toHaveURL(/\/versions$/);
  for (const [id, words] of [[published, '已核验'], [refused, '未通过核验'], [withdrawn, '平台已确认撤回']] as const) await shows(id, words);

  const cookies = (await context.cookies()).filter(({ name }) => name === 'session');
  await context.close();
  return {
    cookies,
    imports: { faulty, refused: unreadable },
    drafts: { empty, withFiles: withFilesId, sound: soundId, rivals: contestedId, correction: correctionId, operations, contract },
    filings: { accepted, forwarded, underReview, returned, published, refused, withdrawn, superseded },
  };
}
