import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseErrorBody, readErrorBody } from '../../../../src/core/api/errorBody.ts';

describe('parseErrorBody', () => {
  it.each([
    ['OpenAI', '{"error":{"message":"m","type":"t","code":"c","param":"p"}}', { message: 'm', type: 't', code: 'c', field: 'p' }],
    ['OpenAI without the rest', '{"error":{"message":"m","type":null,"code":null,"param":null}}', { message: 'm' }],
    ['Anthropic', '{"type":"error","error":{"type":"overloaded_error","message":"m"}}', { message: 'm', type: 'overloaded_error' }],
    ['a string', '{"error":"m"}', { message: 'm' }],
    ['a string with a description', '{"error":"invalid","error_description":"why"}', { message: 'invalid: why' }],
    ['a list of objects', '{"errors":[{"message":"m"},{"message":"n"}]}', { message: 'm' }],
    ['a list of strings', '{"errors":["m","n"]}', { message: 'm' }],
    ['fields', '{"errors":{"max_tokens":["is missing"]}}', { message: 'max_tokens is missing', field: 'max_tokens' }],
    ['a message', '{"message":"m"}', { message: 'm' }],
    ['a detail', '{"detail":"m"}', { message: 'm' }],
    ['located details', '{"detail":[{"loc":["body","max_tokens"],"msg":"Field required"}]}', { message: 'Field required', field: 'body.max_tokens' }],
    ['a problem document', '{"title":"Not allowed","status":403}', { message: 'Not allowed', status: 403 }],
    ['a status as code', '{"error":{"code":429,"message":"m"}}', { message: 'm', code: '429', status: 429 }],
    ['a status as text', '{"error":{"code":"502","message":"m"}}', { message: 'm', code: '502', status: 502 }],
    ['a list around it', '[{"error":{"message":"m"}}]', { message: 'm' }],
    ['plain text', 'upstream connect error', { message: 'upstream connect error' }],
    ['nothing', '', { message: '' }],
    ['JSON that was cut', '{"error":{"type":"t","message":"say \\"hi\\" \\u0041\\nnow', { message: 'say "hi" A now' }],
    ['JSON that is no error', '{"ok":true}', { message: '{"ok":true}' }],
  ])('%s', (_name, text, expected) => expect(parseErrorBody(text)).toEqual(expected));
});

describe('readErrorBody', () => {
  it.each([
    ['a completion', { choices: [], message: 'no error' }],
    ['an answer', { content: [], message: 'no error' }],
    ['nothing', null],
    ['a number', 5],
    ['an empty list', []],
  ])('finds none in %s', (_name, value) => expect(readErrorBody(value)).toBeUndefined());

  it('throws for no value', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => {
      const body = readErrorBody(value);
      expect(body === undefined || typeof body.message === 'string').toBe(true);
    }));
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(typeof parseErrorBody(text).message).toBe('string');
    }));
  });
});
