package uz.ksb.pos.sync.run.domain;

import java.util.UUID;

/** Whose run it is. */
public record Run(UUID id, String ksbId, String deviceId, boolean first) {}
