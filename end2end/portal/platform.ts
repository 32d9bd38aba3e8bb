import { expect } from '@playwright/test';
import { required } from './environment.ts';

export interface Comment {
  field: string;
  comment: string;
}

interface Submission {
  id: string;
  receipt_number: string;
  state: string;
  puts: number;
  envelope: { reference: string; content: Record<string, string> } & Record<string, unknown>;
}

async function control(path: string, body?: unknown): Promise<any> {
  const answer = await fetch(`${required('SANDBOX_URL')}/control/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`the stand-in platform answered ${answer.status} to ${path}: ${await answer.text()}`);
  return answer.status === 204 ? undefined : answer.json();
}

/** The stand-in platform, told what to do. */
export const platform = {
  decideNothingByItself: () => control('auto', { mode: 'manual' }),

  /** Gives an enterprise so many records beside its own, `FXR-M0001` and on. */
  moreRecords: (creditCode: string, more: number) => control('records', { credit_code: creditCode, more }),

  /** What a record says from now on; a member that is not named stays as it is. */
  changeRecord: (record: string, says: Record<string, string>) => control('records/change', { record, says }),

  behave: (mood: string) => control('mood', { mood }),

  /** Everything that has reached it. */
  submissions: async (): Promise<Submission[]> => (await control('submissions')).submissions,

  async submission(id: string): Promise<Submission | undefined> {
    return (await platform.submissions()).find((one) => one.id === id);
  },

  /** Waits until the filing has reached the platform. */
  async received(id: string): Promise<Submission> {
    let found: Submission | undefined;
    await expect
      .poll(async () => (found = await platform.submission(id)) !== undefined, { message: `filing ${id} reaches the platform`, timeout: 10_000 })
      .toBe(true);
    return found!;
  },

  /** Where its people look at a filing. */
  pageOf: (id: string) => `${required('SANDBOX_URL')}/platform/submissions/${id}`,

  takeUp: (id: string, handler = '审核岗王工') => control(`submissions/${id}/decision`, { type: 'submission.under_review', data: { handler } }),

  sendBack: (id: string, comments: Comment[], note = '') =>
    control(`submissions/${id}/decision`, { type: 'submission.returned', data: { comments, note } }),

  grant: (id: string) => control(`submissions/${id}/decision`, { type: 'submission.granted', data: { verification: 'verified' } }),

  refuse: (id: string, reason: string) => control(`submissions/${id}/decision`, { type: 'submission.refused', data: { reasons: [reason] } }),

  publish: (id: string, until: string) => control(`submissions/${id}/decision`, { type: 'publication.published', data: { until } }),
};
