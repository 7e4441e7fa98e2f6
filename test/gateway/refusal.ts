/** What the gateway throws to answer with an error status; each endpoint writes it in its own shape. */
export class Refusal extends Error {
  readonly status: number;
  readonly type: string;
  readonly code: string | null;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, details: { readonly type?: string; readonly code?: string; readonly headers?: Readonly<Record<string, string>> } = {}) {
    super(message);
    this.status = status;
    this.type = details.type ?? typeOfStatus[status] ?? (status >= 500 ? 'api_error' : 'invalid_request_error');
    this.code = details.code ?? null;
    this.headers = details.headers ?? {};
  }
}

const typeOfStatus: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  422: 'invalid_request_error',
  429: 'rate_limit_error',
  503: 'api_error',
  529: 'overloaded_error',
};

export type ErrorShape = 'openai' | 'anthropic';

export function refusalBody(refusal: Pick<Refusal, 'message' | 'type' | 'code'>, shape: ErrorShape, requestId: string): unknown {
  return shape === 'anthropic'
    ? { type: 'error', error: { type: refusal.type, message: refusal.message }, request_id: requestId }
    : { error: { message: refusal.message, type: refusal.type, code: refusal.code, param: null } };
}
