package uz.ksb.pos.simulator.state;

/** Who calls: a device, or a scheduled run under an id of its own, of an enterprise. */
public record Device(String ksbId, String deviceId) {}
