// A button that opens a menu: arrow keys, Home and End, first letters, Escape; the focus returns to the button.
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon, type IconButtonProps } from './Icon.tsx';
import { placeMenu } from './placeMenu.ts';

export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly detail?: string;
  /** Present for one of several choices. */
  readonly checked?: boolean;
  /** The first of other things than those before it. */
  readonly isApart?: boolean;
  readonly onSelect: () => void;
}

export interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly buttonClass: string;
  readonly title?: string;
  readonly icon?: IconButtonProps['icon'];
  readonly disabled?: boolean;
  readonly children?: ComponentChildren;
  /** Lines above the items that are read, not chosen. */
  readonly header?: ComponentChildren;
}

export function Menu({ label, items, buttonClass, title, icon, disabled, children, header }: MenuProps): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = (focus: boolean): void => {
    setOpen(false);
    if (focus) button.current?.focus();
  };
  return (
    <span class="menu-anchor">
      <button
        ref={button} type="button" class={buttonClass} disabled={disabled} title={title ?? label} aria-label={label} aria-haspopup="menu" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon === undefined ? null : <Icon name={icon} />}
        {children}
      </button>
      {isOpen ? <MenuList id={id} label={label} items={items} header={header} anchor={button} onClose={close} /> : null}
    </span>
  );
}

interface MenuListProps {
  readonly id: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  readonly header: ComponentChildren;
  readonly anchor: { readonly current: HTMLElement | null };
  readonly onClose: (focus: boolean) => void;
}

function MenuList({ id, label, items, header, anchor, onClose }: MenuListProps): JSX.Element {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (list.current === null || anchor.current === null) return;
    placeMenu(list.current, anchor.current);
    const choices = itemsOf(list.current);
    (choices.find((item) => item.getAttribute('aria-checked') === 'true') ?? choices[0])?.focus();
  }, []);
  useEffect(() => {
    const onPointer = (event: Event): void => {
      const { target } = event;
      if (target instanceof Node && !list.current?.contains(target) && !anchor.current?.contains(target)) onClose(false);
    };
    const onResize = (): void => onClose(false);
    document.addEventListener('pointerdown', onPointer);
    window.addEventListener('resize', onResize);
    window.addEventListener('blur', onResize);
    return () => {
      document.removeEventListener('pointerdown', onPointer);
      window.removeEventListener('resize', onResize);
      window.removeEventListener('blur', onResize);
    };
  }, []);
  return (
    <div ref={list} class="menu" onKeyDown={(event) => onMenuKey(event, list.current, onClose)}>
      {header === undefined ? null : <div class="menu-header">{header}</div>}
      <div role="menu" id={id} aria-label={label}>
        {items.map((item) => (
          <button
            key={item.id} type="button" class={item.isApart === true ? 'menu-item apart' : 'menu-item'} tabIndex={-1} role={item.checked === undefined ? 'menuitem' : 'menuitemradio'} aria-checked={item.checked}
            onClick={() => {
              onClose(true);
              item.onSelect();
            }}
          >
            <span class="menu-check">{item.checked === true ? <Icon name="check" /> : null}</span>
            <span class="menu-label">{item.label}</span>
            {item.detail === undefined ? null : <span class="menu-detail">{item.detail}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}

function itemsOf(list: HTMLElement | null): readonly HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>('.menu-item') ?? [])];
}

function onMenuKey(event: KeyboardEvent, list: HTMLElement | null, onClose: (focus: boolean) => void): void {
  if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    event.stopPropagation();
    onClose(true);
    return;
  }
  const items = itemsOf(list);
  const at = items.findIndex((item) => item === document.activeElement);
  const next = nextItem(event.key, at, items);
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
}

function nextItem(key: string, at: number, items: readonly HTMLElement[]): number | undefined {
  const { length } = items;
  if (key === 'ArrowDown') return (at + 1) % length;
  if (key === 'ArrowUp') return (at - 1 + length) % length;
  if (key === 'Home') return 0;
  if (key === 'End') return length - 1;
  if (key.length !== 1 || key === ' ') return undefined;
  const order = items.map((_, index) => (at + 1 + index) % length);
  return order.find((index) => items[index]?.textContent.trim().toLowerCase().startsWith(key.toLowerCase()));
}
