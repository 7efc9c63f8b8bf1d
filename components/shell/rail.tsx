'use client';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Icon, type IconName } from '../ui/icons/interface-icons.tsx';
import { Mark } from './mark.tsx';

const PLACES: readonly { readonly href: string; readonly label: string; readonly icon: IconName; readonly also?: string }[] = [
  { href: '/', label: 'Overview', icon: 'overview', also: '/workloads' },
  { href: '/graph', label: 'Explorer', icon: 'explorer' },
  { href: '/findings', label: 'Findings', icon: 'shield' },
  { href: '/respond', label: 'Respond', icon: 'respond' },
  { href: '/identities', label: 'Identities', icon: 'identities' },
  { href: '/changes', label: 'What if', icon: 'flask' },
  { href: '/sources', label: 'Sources', icon: 'sources' },
];

/** The main navigation: a rail at the left, a bar at the bottom of narrow screens. */
export function Rail() {
  const path = usePathname();
  return (
    <nav
      aria-label="Main"
      className="fixed z-30 flex border-line bg-surface max-md:inset-x-0 max-md:bottom-0 max-md:h-(--dock) max-md:border-t md:inset-y-0 md:left-0 md:w-(--rail) md:flex-col md:border-r print:hidden"
    >
      <Link
        href="/"
        aria-label="Podreach, to the Overview"
        className="hidden h-(--topbar) shrink-0 items-center justify-center text-accent md:flex"
      >
        <Mark />
      </Link>
      <ul className="flex flex-1 md:flex-col md:gap-1 md:px-1.5 md:pt-2">
        {PLACES.map((place) => {
          const here = path === place.href || path === place.also;
          return (
            <li key={place.href} className="max-md:flex-1">
              <Link
                href={place.href}
                aria-current={here ? 'page' : undefined}
                className="flex flex-col items-center justify-center gap-1 rounded-lg py-2 font-medium text-[0.6875rem] text-muted leading-none transition-colors hover:bg-sunken hover:text-text aria-[current=page]:bg-accent-soft aria-[current=page]:text-accent max-md:h-full max-md:rounded-none"
              >
                <Icon name={place.icon} size={19} />
                {place.label}
              </Link>
            </li>
          );
        })}
      </ul>
    </nav>
  );
}
