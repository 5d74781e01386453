package uz.ksb.pos.gateway.tillsocket;

import java.util.ArrayList;
import java.util.List;
import uz.ksb.pos.gateway.protocol.ServerMessage;
import uz.ksb.pos.gateway.socketio.ClientEvent;

/** The acknowledgement that a client awaits of the subscription that is being served. On its event loop. */
final class PendingAnswer {
    private ClientEvent awaiting;
    private final List<String> problems = new ArrayList<>();

    /** @param name as in {@code /problems/<name>} */
    static String error(String name, String detail) {
        return "{\"error\":" + TillSink.json((ServerMessage.Problem) ServerMessage.error(name, detail)) + "}";
    }

    void await(ClientEvent event) {
        awaiting = event.wantsAcknowledgement() ? event : null;
    }

    /** Answers with what the client is told. @return whether it is to be told as an event too */
    boolean heard(ServerMessage message) {
        if (awaiting == null) {
            return true;
        }
        if (message instanceof ServerMessage.Problem problem) {
            problems.add(TillSink.json(problem));
            return false;
        }
        if (message instanceof ServerMessage.Subscribed subscribed) {
            String told = TillSink.json(subscribed);
            acknowledge(told.substring(0, told.length() - 1));
        }
        return true;
    }

    /** The subscription is over; no channel of it was given if that was not answered yet. */
    void nothing() {
        if (awaiting != null) {
            acknowledge("{\"channels\":[],\"recovered\":false,\"position\":null");
        }
    }

    /** @param result a JSON object without its end */
    private void acknowledge(String result) {
        String all = problems.isEmpty() ? "}" : ",\"problems\":[" + String.join(",", problems) + "]}";
        awaiting.acknowledge(List.of(result + all), List.of());
        awaiting = null;
        problems.clear();
    }
}
