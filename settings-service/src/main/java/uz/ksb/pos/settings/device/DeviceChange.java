package uz.ksb.pos.settings.device;

import uz.ksb.pos.platform.text.StoredText;

/** What an ADMIN changes of a till; what is absent stays. */
record DeviceChange(@StoredText(max = 100) String name, DeviceStatus status) {}
