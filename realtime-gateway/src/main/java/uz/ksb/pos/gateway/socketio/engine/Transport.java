package uz.ksb.pos.gateway.socketio.engine;

/** The present way to a client. On the session's event loop. */
interface Transport {
    /** Adds a text packet. */
    void send(byte[] packet);

    /** Adds a message of bytes. */
    void sendBinary(byte[] message);

    void send(PacketBatch batch);

    /** Hands over what was added. */
    void flush();

    /** Whether the client takes nothing for now. */
    boolean isFull();

    /** Whether so much waits for the client that it is better not heard. */
    boolean isClogged();

    /** Nothing more is read from the client, until {@link #resume()}. */
    void pause();

    void resume();

    /** Ends it. @param gracefully after what was added has reached the client, if it takes it soon */
    void close(boolean gracefully);
}
