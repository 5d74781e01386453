package uz.ksb.pos.settings.device;

import java.util.UUID;

/** A till as an ADMIN sees it; also the data of {@code device.changed} and {@code device.blocked}. {@code code} is its short number on receipts. */
public record DeviceView(UUID deviceId, String code, String name, DeviceStatus status, long version) {}
