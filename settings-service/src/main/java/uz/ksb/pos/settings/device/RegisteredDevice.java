package uz.ksb.pos.settings.device;

import java.util.UUID;

/** The answer to a registration: the only place where the device's token is ever shown. */
record RegisteredDevice(UUID deviceId, String code, DeviceStatus status, String deviceToken) {}
