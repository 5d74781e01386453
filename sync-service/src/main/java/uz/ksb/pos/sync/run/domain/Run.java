package uz.ksb.pos.sync.run.domain;

import java.util.UUID;

/** A run, with its enterprise and its device. */
public record Run(UUID id, String ksbId, String deviceId, boolean first) {}
