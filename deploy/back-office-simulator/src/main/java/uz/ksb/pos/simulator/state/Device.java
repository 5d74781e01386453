package uz.ksb.pos.simulator.state;

/** The caller: a device, or a scheduled run under an id of its own, of an enterprise. */
public record Device(String ksbId, String deviceId) {}
