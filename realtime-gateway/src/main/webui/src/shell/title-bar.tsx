import type { ReactNode } from 'react';
import { Mark } from '../design/icons.tsx';
import type { Device } from '../device/device.ts';
import { useText } from '../i18n/text.ts';
import './bar.css';

interface TitleBarProps {
  device?: Device;
  licence?: ReactNode;
  children?: ReactNode;
}

/** The window's title bar: whose till this is. Where the window has none of its own, this one takes its place. */
export function TitleBar({ device, licence, children }: TitleBarProps) {
  const text = useText();
  return (
    <div className="title-bar">
      <Mark />
      <strong className="title-bar-name">KSB POS</strong>
      {device && (
        <>
          <span className="title-bar-enterprise">{device.enterprise}</span>
          <span className="title-bar-detail">KSB-ID {device.ksbId}</span>
          <span className="title-bar-detail">{text.till(device.code)}</span>
        </>
      )}
      <span className="title-bar-rest">{children}</span>
      {licence}
      <span className="title-bar-detail title-bar-version">{__VERSION__}</span>
    </div>
  );
}
