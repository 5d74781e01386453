package uz.ksb.pos.simulator.fault;

/** What happens to one request. */
public enum Fault {
    NOTHING,
    DOWN,
    ERROR,
    HTML,
    LOST_ANSWER,
    HALF_ANSWER
}
