package uz.ksb.pos.gateway.rings;

import java.util.List;
import uz.ksb.pos.gateway.protocol.Channel;
import uz.ksb.pos.gateway.protocol.Position;

/** How the events of a protocol look. One object per protocol, the same for all its clients. Any thread. */
public interface EventForm {
    /** The protocol pos.v1 of {@code /ws}. */
    EventForm POS_V1 = new EventForm() {
        @Override
        public List<byte[]> messages(Frame frame, Channel.Kind channel) {
            return List.of(frame.json(channel));
        }

        @Override
        public List<byte[]> messages(Frame frame, Channel.Kind channel, Position place) {
            return List.of(frame.json(channel, place));
        }
    };

    /** The messages that bring an event to a client, in order; encoded once. Shared: not to be changed. */
    List<byte[]> messages(Frame frame, Channel.Kind channel);

    /** The same with another position: that of a client who has had more than this node's order of reading tells. */
    List<byte[]> messages(Frame frame, Channel.Kind channel, Position place);
}
