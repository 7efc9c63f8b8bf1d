/** The sign of Podreach: a pod, and what it reaches. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 32 32"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.600"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M5 9.500 11 6l6 3.500v7L11 20l-6-3.500z" />
      <path d="M20 8.500a11 11 0 0 1 1 13.500M24.500 5.500a16.500 16.500 0 0 1 1.500 20" strokeOpacity="0.75" />
      <path d="M11 20v6.500" />
    </svg>
  );
}
