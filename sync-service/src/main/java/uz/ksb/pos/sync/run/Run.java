package uz.ksb.pos.sync.run;

import java.util.UUID;

/** Whose run it is. */
record Run(UUID id, String ksbId, String deviceId, boolean first) {}
