/** Icons of the interface, stroked in the text's colour. All are decorative: the control they sit in carries the name. */
const PATHS = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM14 7h6V4h-6zM4 20h6v-3H4z',
  explorer:
    'M6 8a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM6 21a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM18.500 14.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5zM8.400 6.500l7.700 4.300M8.400 17.500l7.700-4.300',
  respond: 'M12 3v3M12 18v3M3 12h3M18 12h3M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16z',
  identities:
    'M7.500 15.500a4 4 0 0 1-.3-8A5.500 5.500 0 0 1 17.700 7a4.300 4.300 0 0 1-.4 8.500M12 14a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8.500 20c.6-2 1.900-3 3.500-3s2.900 1 3.500 3',
  sources:
    'M12 8c4.400 0 8-1.100 8-2.500S16.400 3 12 3 4 4.100 4 5.500 7.600 8 12 8zM4 5.500v13C4 19.900 7.600 21 12 21s8-1.100 8-2.500v-13M4 12c0 1.400 3.600 2.500 8 2.500s8-1.100 8-2.500',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.500 4.500',
  sun: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 2v2.500M12 19.500V22M4.900 4.900l1.800 1.800M17.300 17.300l1.800 1.800M2 12h2.500M19.500 12H22M4.900 19.100l1.800-1.800M17.300 6.700l1.800-1.800',
  moon: 'M20 14.500A8.500 8.500 0 0 1 9.500 4 8.500 8.500 0 1 0 20 14.500z',
  system: 'M3 5h18v11H3zM9 20h6M12 16v4',
  copy: 'M9 9h11v11H9zM15 9V4H4v11h5',
  check: 'M5 12.500l4.500 4.500L19 7',
  close: 'M6 6l12 12M18 6L6 18',
  'chevron-down': 'M6 9l6 6 6-6',
  'chevron-right': 'M9 6l6 6-6 6',
  'arrow-up': 'M12 19V5M6 11l6-6 6 6',
  'arrow-down': 'M12 5v14M6 13l6 6 6-6',
  'arrow-right': 'M5 12h14M13 6l6 6-6 6',
  swap: 'M4 8h15M15 4l4 4-4 4M20 16H5M9 12l-4 4 4 4',
  download: 'M12 4v11M7 10.500l5 5 5-5M4 20h16',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  print: 'M7 8V3h10v5M7 17H4V8h16v9h-3M7 14h10v7H7z',
  reload: 'M20 11a8 8 0 1 0-.6 4M20 5v6h-6',
  warning: 'M12 4l9.500 16h-19zM12 10v4.500M12 17.300v.01',
  info: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.500M12 7.500v.01',
  shield: 'M12 3l8 3v6c0 5-3.500 8-8 9-4.500-1-8-4-8-9V6z',
  link: 'M10 14a4.500 4.500 0 0 0 6.400.4l3-3a4.500 4.500 0 0 0-6.400-6.400l-1.200 1.200M14 10a4.500 4.500 0 0 0-6.400-.4l-3 3A4.500 4.500 0 0 0 11 19l1.200-1.200',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  filter: 'M3 5h18l-7 8.500V20l-4-2v-4.500z',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M20 9V4h-5M4 15v5h5M20 15v5h-5',
  eye: 'M2 12c2.500-4.500 6-7 10-7s7.500 2.500 10 7c-2.500 4.500-6 7-10 7s-7.500-2.500-10-7zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z',
  'eye-off':
    'M4 4l16 16M9 5.500c1-.3 2-.5 3-.5 4 0 7.500 2.500 10 7a17 17 0 0 1-3 3.900M6 7.500A16 16 0 0 0 2 12c2.500 4.500 6 7 10 7 1.600 0 3.200-.4 4.600-1.200',
  flask: 'M9 3h6M10 3v6L4.600 18.400A1.700 1.700 0 0 0 6.100 21h11.800a1.700 1.700 0 0 0 1.500-2.600L14 9V3M7.500 14.500h9',
  gem: 'M7 4h10l4 5-9 11-9-11zM3 9h18M9 9l3 11 3-11',
  target: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM12 12h.01',
  flag: 'M5 21V4h13l-2.500 4.500L18 13H5',
  table: 'M3 5h18v14H3zM3 10h18M3 14.500h18M9 10v9',
  panel: 'M3 4h18v16H3zM15 4v16',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      className={`shrink-0 ${className ?? ''}`}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
