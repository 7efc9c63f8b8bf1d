'use client';
import { DropdownMenu } from 'radix-ui';
import type { CanvasNode } from '../../lib/api/contract.ts';
import { Icon } from '../ui/icons/interface-icons.tsx';
import { MENU_CONTENT, MENU_ITEM, type MenuItem } from '../ui/menu.tsx';
import type { Point } from './card.ts';
import type { ExplorerActions } from './use-explorer-actions.ts';

/** What can be done with a node: the same list in the context menu and in the panel. */
export function nodeMenuItems(
  node: Pick<CanvasNode, 'id' | 'kind'> & { readonly count?: number },
  actions: ExplorerActions,
  opened: readonly string[],
): MenuItem[] {
  const pile = node.id.startsWith('stack:');
  const groups = node.id.startsWith('workload:') || node.kind === 'workload' || pile;
  const folding: MenuItem[] = groups
    ? [
        {
          label: pile ? 'Show one by one' : opened.includes(node.id) ? 'Close workload' : 'Open workload',
          icon: 'plus',
          onSelect: () => actions.toggleOpen(node),
        },
      ]
    : [];
  if (pile) return folding;
  return [
    { label: 'Select', icon: 'explorer', onSelect: () => actions.select(node.id) },
    { label: 'Add to selection', icon: 'plus', onSelect: () => actions.select(node.id, true) },
    ...folding,
    { label: 'Set as start', icon: 'flag', onSelect: () => actions.setStart(node.id) },
    { label: 'Set as target', icon: 'target', onSelect: () => actions.setTarget(node.id) },
    { label: 'Mark as compromised', icon: 'respond', onSelect: () => actions.compromise(node.id) },
    {
      label: actions.isJewel(node.id) ? 'No crown jewel any more' : 'Mark as crown jewel',
      icon: 'gem',
      onSelect: () => actions.toggleJewel(node.id),
    },
    { label: 'Hide', icon: 'eye-off', onSelect: () => actions.hide(node.id) },
    { label: 'Copy link', icon: 'link', onSelect: () => void actions.copyLink(node.id) },
  ];
}

interface CardMenuProps {
  readonly node: CanvasNode | undefined;
  readonly at: Point;
  readonly actions: ExplorerActions;
  readonly opened: readonly string[];
  readonly onClose: () => void;
  /** Where the keyboard goes when it closes. */
  readonly giveBackFocus: () => void;
}

/** The context menu of a card, at the pointer or at the card that has the keyboard. */
export function CardMenu({ node, at, actions, opened, onClose, giveBackFocus }: CardMenuProps) {
  if (!node) return null;
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden="true" className="absolute size-px" style={{ left: at.x, top: at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          aria-label={`Actions for ${node.label}`}
          align="start"
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            giveBackFocus();
          }}
          className={MENU_CONTENT}
        >
          <p className="max-w-60 truncate px-2 pb-1 pt-1.5 font-mono text-xs text-muted">
            <bdi>{node.label}</bdi>
          </p>
          {nodeMenuItems(node, actions, opened).map((item) => (
            <DropdownMenu.Item key={item.label} onSelect={item.onSelect} className={MENU_ITEM}>
              {item.icon && <Icon name={item.icon} />}
              <span className="flex-1">{item.label}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
