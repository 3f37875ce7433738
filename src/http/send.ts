/** As much of a reply as sending a finished text needs, whatever its route's schema says. */
export interface Sendable {
  code(status: never): unknown;
  header(name: never, value: never): unknown;
  type(mediaType: string): unknown;
  send(text: never): unknown;
}

/**
 * Sends JSON that is made already, past the route's serializer: views build exactly what the
 * schema documents, and walking large answers twice would cost more than making them.
 */
export function sendText(reply: Sendable, json: string): never {
  reply.type('application/json; charset=utf-8');
  reply.send(json as never);
  return reply as never;
}

export function sendView(reply: Sendable, view: object): never {
  return sendText(reply, JSON.stringify(view));
}
