import type { ReactNode } from 'react';

function Icon({ children, size = 20 }: { children: ReactNode; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      {children}
    </svg>
  );
}

export const Mark = () => (
  <Icon>
    <path d="M6 3h12v18l-2-1.6-2 1.6-2-1.6-2 1.6-2-1.6L6 21zM9.5 8h5M9.5 12h5" />
  </Icon>
);
export const CalendarIcon = () => (
  <Icon>
    <path d="M4 6h16v14H4zM4 10h16M8 3v4M16 3v4" />
  </Icon>
);
export const SyncIcon = () => (
  <Icon>
    <path d="M20 11a8 8 0 0 0-14.3-4.2L4 8.5M4 4v4.5h4.5M4 13a8 8 0 0 0 14.3 4.2l1.7-1.7M20 20v-4.5h-4.5" />
  </Icon>
);
export const ChevronIcon = () => (
  <Icon size={16}>
    <path d="m6 9 6 6 6-6" />
  </Icon>
);
export const UserIcon = () => (
  <Icon>
    <circle cx="12" cy="8" r="4" />
    <path d="M4 21c0-4 3.6-6 8-6s8 2 8 6" />
  </Icon>
);
export const EyeIcon = () => (
  <Icon>
    <path d="M2 12s3.6-7 10-7 10 7 10 7-3.6 7-10 7-10-7-10-7z" />
    <circle cx="12" cy="12" r="3" />
  </Icon>
);
export const AlertIcon = () => (
  <Icon>
    <path d="M12 3 2 20h20zM12 10v4M12 17.2v.1" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m4 12.5 5.5 5.5L20 6.5" />
  </Icon>
);
export const HomeIcon = () => (
  <Icon size={22}>
    <path d="M4 20V10M10 20V4M16 20v-7M21 20H3" />
  </Icon>
);
export const CartIcon = () => (
  <Icon size={22}>
    <path d="M3 4h3l2 11h10l2-8H7M9 20h.01M17 20h.01" />
  </Icon>
);
export const ReceiptIcon = () => (
  <Icon size={22}>
    <path d="M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6" />
  </Icon>
);
export const BoxIcon = () => (
  <Icon size={22}>
    <path d="M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8" />
  </Icon>
);
export const PeopleIcon = () => (
  <Icon size={22}>
    <path d="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4 20c1-4 4-6 8-6s7 2 8 6" />
  </Icon>
);
export const GearIcon = () => (
  <Icon size={22}>
    <path d="M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM4 12h2M18 12h2M12 4v2M12 18v2M6.3 6.3l1.4 1.4M16.3 16.3l1.4 1.4M17.7 6.3l-1.4 1.4M7.7 16.3l-1.4 1.4" />
  </Icon>
);
export const TillIcon = () => (
  <Icon size={22}>
    <path d="M4 10h16v9H4zM7 10V5h10v5M8 14h.01M12 14h.01M16 14h.01" />
  </Icon>
);
export const SearchIcon = () => (
  <Icon>
    <path d="M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM20 20l-4.8-4.8" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon size={16}>
    <path d="M6 6l12 12M18 6 6 18" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon size={16}>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);
export const PrinterIcon = () => (
  <Icon>
    <path d="M7 9V4h10v5M7 17H4v-8h16v8h-3M7 14h10v6H7z" />
  </Icon>
);
export const OfflineIcon = () => (
  <Icon>
    <path d="M3 3l18 18M5 12.5a10 10 0 0 1 4-2.4M2 9a15 15 0 0 1 5-3M19 12.5a10 10 0 0 0-3-2M22 9a15 15 0 0 0-11-3.8M9 16a4.5 4.5 0 0 1 6 0M12 19.5v.01" />
  </Icon>
);
