// The only place where a failure becomes words: what happened, whose side it is on, what to do, and one button.
// Pure on purpose (words come in as `translate`), so that the whole table is tested without an editor.
import { RunApiError, type ErrorKind } from '../core/errors.ts';
import type { Translate } from '../core/translate.ts';
import type { ErrorActionId, ErrorCard } from '../shared/chatTypes.ts';

interface Wording {
  readonly title: string;
  readonly text: string;
  readonly action?: ErrorActionId;
}

/** `kept` tells the reader that a part of the answer arrived and stays. */
export function toErrorCard(error: unknown, translate: Translate, kept = false): ErrorCard {
  const failure = error instanceof RunApiError ? error : new RunApiError({ kind: 'internal', retryable: false, cause: error });
  const wording = describe(failure, translate);
  const text = [wording.text, kept ? translate('What arrived is kept.') : ''].filter((sentence) => sentence !== '').join(' ');
  const details = detailLines(failure, translate);
  return {
    title: wording.title,
    text,
    ...(wording.action === undefined ? {} : { action: { id: wording.action, label: actionLabel(wording.action, translate) } }),
    ...(details === '' ? {} : { details }),
  };
}

/** One line for a notification or the status item. */
export function toErrorLine(error: unknown, translate: Translate): string {
  const card = toErrorCard(error, translate);
  return `${card.title} ${card.text}`;
}

export function actionLabel(action: ErrorActionId, translate: Translate): string {
  switch (action) {
    case 'retry': return translate('Retry');
    case 'continue': return translate('Continue');
    case 'set-key': return translate('Enter key');
    case 'add-credits': return translate('Add credits');
    case 'open-settings': return translate('Open settings');
    case 'pick-model': return translate('Pick a model');
    case 'compact': return translate('Compact');
    case 'shorten': return translate('Shorten');
    case 'show-log': return translate('Show log');
  }
}

function describe(error: RunApiError, translate: Translate): Wording {
  const host = error.origin ?? translate('the server');
  const said = error.serverMessage ?? '';
  const words: Readonly<Record<ErrorKind, () => Wording>> = {
    dns: () => ({ title: translate('{host} was not found.', { host }), text: translate('The name has no address from here. Check the connection and the setting runapi.baseUrl.'), action: 'retry' }),
    refused: () => ({ title: translate('{host} refused the connection.', { host }), text: translate('Nothing answers at that address. Check the setting runapi.baseUrl, or whether a proxy is in the way.'), action: 'retry' }),
    network: () => ({ title: translate('The connection failed.'), text: translate('The network between here and {host} broke before an answer came.', { host }), action: 'retry' }),
    proxy: () => ({ title: translate('A proxy refused the connection to {host}.', { host }), text: translate('It may want a sign-in. Check the setting http.proxy of VS Code, or ask whoever runs the network.'), action: 'open-settings' }),
    tls: () => ({ title: translate('The certificate of {host} is not trusted.', { host }), text: translate('A company proxy may sign with its own certificate: install it in the system and turn on http.systemCertificates. A wrong clock has the same effect.'), action: 'open-settings' }),
    'not-an-api': () => ({ title: translate('{host} does not speak the RunAPI protocol.', { host }), text: translate('An unexpected page or reply came back, perhaps from a sign-in page of the network. Check the connection and the setting runapi.baseUrl.'), action: 'open-settings' }),
    timeout: () => ({ title: translate('No answer in time.'), text: translate('{host} did not answer within the limit set in runapi.network.', { host }), action: 'retry' }),
    redirect: () => ({ title: translate('{host} points to another address.', { host }), text: translate('Redirects are not followed, so that the key goes nowhere else. Set runapi.baseUrl to the final address.'), action: 'open-settings' }),
    'no-key': () => ({ title: translate('There is no key for {host}.', { host }), text: translate('Enter a RunAPI key. It is kept in the secret storage of VS Code.'), action: 'set-key' }),
    'key-rejected': () => ({ title: translate('The key was rejected by {host}.', { host }), text: translate('It may be mistyped, expired or removed.'), action: 'set-key' }),
    forbidden: () => ({ title: translate('This request is not allowed.'), text: said || translate('The key is valid, but the account, the region or the rules of RunAPI do not allow it.'), action: 'pick-model' }),
    credits: () => ({ title: translate('The account has no credit left.'), text: translate('RunAPI did not run the request.'), action: 'add-credits' }),
    'rate-limit': () => ({ title: translate('Too many requests.'), text: error.retryAfterMs === undefined ? translate('RunAPI limits how often it can be asked.') : translate('RunAPI asks to wait {seconds} s.', { seconds: Math.ceil(error.retryAfterMs / 1000) }), action: 'retry' }),
    overloaded: () => ({ title: translate('The model is overloaded.'), text: translate('RunAPI has no capacity for {model} right now. Another model may answer.', { model: error.model ?? translate('this model') }), action: 'retry' }),
    server: () => ({ title: translate('RunAPI had an error of its own.'), text: error.status === undefined ? said : translate('It answered with status {status}.', { status: error.status }), action: 'retry' }),
    'bad-request': () => ({ title: translate('RunAPI did not accept the request.'), text: said || translate('It gave no reason.'), action: 'show-log' }),
    'context-too-long': () => ({ title: translate('This is too long for the model.'), text: translate('Remove attachments, compact the conversation or pick a model with a larger context.'), action: 'compact' }),
    'too-large': () => ({ title: translate('The request is too large.'), text: translate('Remove or shrink attachments.'), action: 'shorten' }),
    'model-not-found': () => ({ title: translate('The model {model} is not available.', { model: error.model ?? '' }), text: translate('Pick another model for this task.'), action: 'pick-model' }),
    'not-found': () => ({ title: translate('{host} has no such address.', { host }), text: translate('The setting runapi.baseUrl may be wrong. It is the part before /v1.'), action: 'open-settings' }),
    'empty-reply': () => ({ title: translate('The answer was empty.'), text: translate('RunAPI ended it without a word.'), action: 'retry' }),
    'bad-reply': () => ({ title: translate('The answer could not be read.'), text: translate('RunAPI sent data that breaks its own format.'), action: 'retry' }),
    interrupted: () => ({ title: translate('The answer was cut off.'), text: translate('The connection to RunAPI ended before the answer was complete.'), action: 'continue' }),
    stalled: () => ({ title: translate('The answer stopped coming.'), text: translate('RunAPI sent nothing for longer than runapi.network.idleTimeoutMs.'), action: 'continue' }),
    refusal: () => ({ title: translate('The model declined to answer.'), text: said || translate('Ask in another way, or another model.'), action: 'pick-model' }),
    budget: () => ({ title: translate('The budget for today is spent.'), text: translate('Raise or clear runapi.budget to go on.'), action: 'open-settings' }),
    'insecure-url': () => ({ title: translate('The address is not safe.'), text: translate('runapi.baseUrl has to be an https address without a user name; http works for this machine only.'), action: 'open-settings' }),
    'untrusted-origin': () => ({ title: translate('The key is not for {host}.', { host }), text: translate('It was entered for another address. Enter a key for this one, or set runapi.baseUrl back.'), action: 'set-key' }),
    storage: () => ({ title: translate('The conversation could not be saved.'), text: translate('It stays in memory. Free some space or check the permissions, then try again.'), action: 'retry' }),
    internal: () => ({ title: translate('Something went wrong in RunAPI Assistant.'), text: translate('This is a fault of the extension. The log has the details.'), action: 'show-log' }),
  };
  return words[error.kind]();
}

function detailLines(error: RunApiError, translate: Translate): string {
  const lines = [
    error.status === undefined ? undefined : translate('Status {status}', { status: error.status }),
    error.requestId === undefined ? undefined : translate('Request {id}', { id: error.requestId }),
    error.origin,
    error.serverMessage,
  ];
  return lines.filter((line) => line !== undefined && line !== '').join('\n');
}
