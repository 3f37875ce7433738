import type { Actor } from './actor.ts';
import type { GradebookParts } from './create-gradebook.ts';
import type { Gradebook, KeyAsk, Receipt } from './gradebook.ts';
import type { KeyName, StoredResponse } from './ports.ts';
import { Refusal } from './refusal.ts';

/** The longest key, in characters. */
const longestKey = 255;

interface InHand {
  readonly digest: string;
  readonly answer: Promise<StoredResponse>;
}

export function idempotencyUseCases(parts: GradebookParts): Pick<Gradebook, 'idempotent'> {
  const inHand = new Map<string, InHand>();
  return {
    idempotent: async (actor, ask, render, work) => {
      if (ask.key === undefined) return render(await work(undefined));
      const name = nameOf(actor, ask.key, ask);
      const id = JSON.stringify([name.tokenId, name.route, name.key]);
      const running = inHand.get(id);
      if (running !== undefined) {
        refuseOther(running.digest, ask.digest);
        return running.answer;
      }
      const answer = answerOnce(parts, name, ask.digest, render, work);
      inHand.set(id, { digest: ask.digest, answer });
      try {
        return await answer;
      } finally {
        inHand.delete(id);
      }
    },
  };
}

async function answerOnce<T>(
  parts: GradebookParts,
  name: KeyName,
  digest: string,
  render: (result: T) => StoredResponse,
  work: (receipt: Receipt<T>) => Promise<T>,
): Promise<StoredResponse> {
  const kept = await parts.store.receipt(name);
  if (kept !== undefined) {
    refuseOther(kept.digest, digest);
    return kept.response;
  }
  let rendered: { result: T; response: StoredResponse } | undefined;
  const result = await work((made) => {
    rendered = { result: made, response: render(made) };
    return { ...name, digest, response: rendered.response, at: parts.now().toISOString() };
  });
  return rendered?.result === result ? rendered.response : render(result);
}

function nameOf(actor: Actor, key: string, { route }: KeyAsk): KeyName {
  if (key === '' || key.length > longestKey) {
    const detail = `must be 1 to ${longestKey} characters`;
    const pointers = [{ pointer: '/Idempotency-Key', detail }];
    throw new Refusal('invalid', 'The idempotency key will not do.', pointers);
  }
  return { tokenId: actor.tokenId, route, key };
}

function refuseOther(digest: string, asked: string): void {
  if (digest === asked) return;
  const detail = 'This idempotency key was used for another request: take a new one.';
  throw new Refusal('idempotency-mismatch', detail);
}
