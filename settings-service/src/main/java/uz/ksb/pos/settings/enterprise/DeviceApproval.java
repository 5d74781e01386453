package uz.ksb.pos.settings.enterprise;

/** How a new till is admitted. */
public enum DeviceApproval {
    /** By an ADMIN; the first till by an ADMIN's login on it. */
    MANUAL,
    /** At once: sample enterprises. */
    AUTOMATIC
}
