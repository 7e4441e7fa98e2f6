// The last line of the composer: add context, task and model, cost and context, send or stop.
import type { JSX } from 'preact';
import { formatModel, formatTask, formatTokens } from '../format.ts';
import { IconButton } from '../ui/Icon.tsx';
import { Icon } from '../ui/Icon.tsx';
import { Menu, type MenuItem } from '../ui/Menu.tsx';
import { useView } from '../view.ts';
import type { RouteChoice } from '../../shared/chatTypes.ts';

export interface ComposerFootProps {
  readonly canSend: boolean;
  readonly onSend: () => void;
}

export function ComposerFoot({ canSend, onSend }: ComposerFootProps): JSX.Element {
  const { words, port, state } = useView();
  const isStreaming = state.streaming.value;
  return (
    <div class="composer-foot">
      <IconButton icon="add" label={words.text('addContext')} onClick={() => port.post({ type: 'pick-context' })} />
      <RouteMenu />
      <span class="grow" />
      <CostMenu />
      {isStreaming ? <IconButton class={canSend ? 'stop' : 'send stop'} icon="stop" label={words.text('stop')} onClick={() => port.post({ type: 'stop' })} /> : null}
      {isStreaming && !canSend ? null : <IconButton class="send" icon="send" label={words.text(isStreaming ? 'queueSend' : 'send')} disabled={!canSend} onClick={onSend} />}
    </div>
  );
}

function RouteMenu(): JSX.Element | null {
  const { words, port, state } = useView();
  const { routes, routeLabel, routeReason } = state.composer.value;
  const items = routes.map((route, index): MenuItem => ({
    id: `${route.task} ${route.model}`,
    label: route.label === '' ? (route.task === 'auto' ? words.text('routeAuto') : formatTask(route.task, words)) : route.label,
    ...(route.task === 'auto' ? {} : { detail: formatModel(route.model) }),
    // Auto, the tasks, the models.
    isApart: index > 0 && kindOf(route) !== kindOf(routes[index - 1]),
    checked: route.selected ?? route.label === routeLabel,
    onSelect: () => port.post({ type: 'select-route', task: route.task, ...(route.model === '' ? {} : { model: route.model }) }),
  }));
  if (items.length === 0 && routeLabel === '') return null;
  return (
    <Menu label={words.text('routePill', { label: routeLabel })} title={routeReason} buttonClass="pill" items={items}>
      <span class="pill-label">{routeLabel}</span>
      <Icon name="chevronDown" />
    </Menu>
  );
}

function kindOf(route: RouteChoice | undefined): 'auto' | 'task' | 'model' {
  if (route?.task !== 'auto') return 'task';
  return route.model === '' ? 'auto' : 'model';
}

function CostMenu(): JSX.Element | null {
  const { words, port, state, scroller } = useView();
  // The host hears of what is typed when the fingers rest; the request shown is the one of now.
  const showRequest = (): void => {
    port.post({ type: 'draft', text: state.draft.peek(), scrollTop: scroller.position() });
    port.post({ type: 'show-request' });
  };
  const { expectedUsd, contextTokens, contextLimit } = state.composer.value;
  const price = expectedUsd === undefined ? undefined : words.price(expectedUsd);
  const percent = contextLimit > 0 ? Math.round((contextTokens / contextLimit) * 100) : 0;
  // What is seen is part of the name, so that voice control finds it.
  const shown = price === undefined ? words.text('contextPercent', { percent }) : `${words.text('contextPercent', { percent })}${words.text('expectedPrice', { price })}`;
  const header = (
    <>
      {contextLimit > 0 ? <div>{words.text('contextMeter', { used: formatTokens(contextTokens, words), limit: formatTokens(contextLimit, words) })}</div> : null}
      {price === undefined ? null : <div>{words.text('expectedPriceLabel', { price })}</div>}
    </>
  );
  const items: readonly MenuItem[] = [
    { id: 'request', label: words.text('showNextRequest'), onSelect: showRequest },
    { id: 'compact', label: words.text('compact'), onSelect: () => port.post({ type: 'compact' }) },
  ];
  return (
    <Menu label={`${shown} ${words.text('detailsMenu')}`} title={words.text('detailsMenu')} buttonClass="cost" items={items} header={header}>
      <span class={price === undefined ? '' : 'cost-share'}>{words.text('contextPercent', { percent })}</span>
      {price === undefined ? null : <span class="cost-price">{words.text('expectedPrice', { price })}</span>}
    </Menu>
  );
}
