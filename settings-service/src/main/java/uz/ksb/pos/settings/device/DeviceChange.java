package uz.ksb.pos.settings.device;

import jakarta.validation.constraints.Size;

/** What an ADMIN changes of a till; what is absent stays. */
record DeviceChange(@Size(min = 1, max = 100) String name, DeviceStatus status) {}
