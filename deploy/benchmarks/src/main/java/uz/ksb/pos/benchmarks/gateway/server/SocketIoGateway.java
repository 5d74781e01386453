package uz.ksb.pos.benchmarks.gateway.server;

import java.nio.ByteBuffer;
import java.util.List;

/** A gateway node whose clients speak Socket.IO, over WebSocket only. */
public record SocketIoGateway(GatewayNode node) implements Target {
    /** Behind the data of an event: a comma, and the position in quotes. */
    private static final int BEFORE_POSITION = 1;

    @Override
    public String name() {
        return "gateway, Socket.IO";
    }

    @Override
    public int port() {
        return node.port();
    }

    @Override
    public String path() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public List<String> greeting() {
        return List.of("40{\"token\":\"" + node.tokens().token(LiveEvents.KSB_ID) + "\",\"channels\":[\"customers\"]}");
    }

    @Override
    public String welcome() {
        return "[\"subscribed\",";
    }

    @Override
    public int endOfEvent(ByteBuffer message, int end) {
        int quote = end - 3;
        while (message.get(quote) != '"') {
            quote--;
        }
        return quote - BEFORE_POSITION + 1;
    }

    @Override
    public ProcessHandle process() {
        return node.process();
    }

    @Override
    public void publish(byte[] event) {
        node.publish(event);
    }

    @Override
    public void close() {
        node.close();
    }
}
