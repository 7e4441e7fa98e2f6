import type { JSX } from 'preact';
import { iconPaths, type IconName } from './icons.ts';

export function Icon({ name }: { readonly name: IconName }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true">
      {iconPaths(name).map((data) => <path key={data} d={data} />)}
    </svg>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly onClick: () => void;
  readonly disabled?: boolean;
  readonly class?: string;
}

export function IconButton({ icon, label, onClick, disabled, class: extra = '' }: IconButtonProps): JSX.Element {
  return (
    <button type="button" class={`icon-button ${extra}`} title={label} aria-label={label} disabled={disabled} onClick={onClick}>
      <Icon name={icon} />
    </button>
  );
}
