package uz.ksb.pos.sync.run.domain;

import java.util.UUID;

/** The owner of the run. */
public record Run(UUID id, String ksbId, String deviceId, boolean first) {}
