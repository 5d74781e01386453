package uz.ksb.pos.settings.device;

import uz.ksb.pos.platform.text.StoredText;

/** A change of a till by an ADMIN; what is absent stays. */
record DeviceChange(@StoredText(max = 100) String name, DeviceStatus status) {}
