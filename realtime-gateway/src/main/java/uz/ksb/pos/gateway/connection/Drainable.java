package uz.ksb.pos.gateway.connection;

/** Clients of this node, who must be elsewhere before it ends. Any thread. */
public interface Drainable {
    int size();

    /** Brings all of them to leave, at moments spread over {@link ConnectionConfig#moveWithin()}. */
    void moveAll();

    /** Ends those that are still here. */
    void closeAll();
}
