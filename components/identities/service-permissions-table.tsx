import type { IdentityDetail, ServicePermissions } from '../../lib/api/identities-contract.ts';
import { Badge, type Tone } from '../ui/badge.tsx';
import { whole } from '../ui/numbers.ts';

/** How much a level matters; words come with it. */
const TONES: ReadonlyMap<string, Tone> = new Map([
  ['Everything', 'danger'],
  ['Permissions management', 'danger'],
  ['Write', 'warning'],
  ['Data write', 'warning'],
  ['Action', 'warning'],
]);

/** What an identity may do, one service a line, each of its access levels opening to actions and what gives them. */
export function ServicePermissionsTable({ permissions }: { permissions: IdentityDetail['permissions'] }) {
  return (
    <>
      <ul aria-label="Permissions by service" className="divide-y divide-line rounded-lg border border-line">
        {permissions.items.map((service) => (
          <li key={service.service}>
            <Service {...service} />
          </li>
        ))}
      </ul>
      {permissions.total > permissions.items.length && (
        <p className="mt-1.5 text-muted text-xs">
          The first {whole(permissions.items.length)} of {whole(permissions.total)} services are listed.
        </p>
      )}
    </>
  );
}

function Service({ service, accessLevels }: ServicePermissions) {
  return (
    <details>
      <summary className="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 hover:bg-sunken">
        <bdi className="min-w-0 flex-1 basis-32 truncate font-mono text-[0.8125rem]">{service}</bdi>
        <span className="flex flex-wrap gap-1.5">
          {accessLevels.map(({ level, count, conditional }) => (
            <Badge key={level} tone={TONES.get(level) ?? 'neutral'}>
              {level} {whole(count)}
              {conditional > 0 && <span className="font-normal">({whole(conditional)} if)</span>}
            </Badge>
          ))}
        </span>
      </summary>
      <div className="space-y-2 px-3 pb-3 text-xs">
        {accessLevels.map((level) => (
          <Level key={level.level} level={level} />
        ))}
      </div>
    </details>
  );
}

function Level({ level }: { level: ServicePermissions['accessLevels'][number] }) {
  const more = level.count - level.actions.length;
  return (
    <div>
      <p className="text-muted">
        {level.level}
        {level.conditional > 0 && `, ${level.conditional === level.count ? 'all' : whole(level.conditional)} under a condition`}
      </p>
      <p className="break-words font-mono leading-5">
        <bdi>{level.actions.join(', ')}</bdi>
        {more > 0 && <span className="font-sans text-muted"> and {whole(more)} more</span>}
      </p>
      <p className="break-words text-muted leading-5">
        by <bdi className="font-mono">{level.statements.join('; ')}</bdi>
      </p>
    </div>
  );
}
