package uz.ksb.pos.settings.device;

/** Whether a till may be used. */
public enum DeviceStatus {
    PENDING,
    APPROVED,
    BLOCKED
}
