package uz.ksb.pos.simulator.fault;

/** What happens to one request. */
public enum Strike {
    NOTHING,
    DOWN,
    ERROR,
    HTML,
    LOST_ANSWER,
    HALF_ANSWER
}
