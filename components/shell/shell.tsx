import { Rail } from './rail.tsx';
import { StatusBanner } from './status-banner.tsx';
import { TopBar } from './top-bar.tsx';

/** Rail, top bar, and the page between them. The page scrolls; `--topbar`, `--rail` and `--dock` say what surrounds it. */
export function Shell({ children }: { children: React.ReactNode }) {
  return (
    <>
      <a
        href="#content"
        className="sr-only z-50 rounded-md bg-accent px-3 py-2 font-medium text-on-accent focus:not-sr-only focus:fixed focus:left-2 focus:top-2"
      >
        Skip to the content
      </a>
      <Rail />
      <div className="flex min-h-dvh flex-col pb-(--dock) pl-(--rail)">
        <TopBar />
        <StatusBanner />
        <main id="content" tabIndex={-1} className="min-w-0 flex-1 outline-none">
          {children}
        </main>
      </div>
    </>
  );
}
