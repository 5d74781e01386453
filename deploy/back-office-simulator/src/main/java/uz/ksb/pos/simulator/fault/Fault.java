package uz.ksb.pos.simulator.fault;

/** The fault that strikes one request. */
public enum Fault {
    NOTHING,
    DOWN,
    ERROR,
    HTML,
    SCRIPTED,
    LOST_ANSWER,
    HALF_ANSWER,
    SILENCE,
    STALLED
}
