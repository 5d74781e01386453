package uz.ksb.pos.sync.run.domain;

import java.util.UUID;

/**
 * A run, with its enterprise and its device.
 *
 * @param confirms whether the back office learns what was stored; the nightly run never tells it, and so gets everything
 */
public record Run(UUID id, String ksbId, String deviceId, boolean first, boolean confirms) {}
