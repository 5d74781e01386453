package uz.ksb.pos.gateway.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import uz.ksb.pos.platform.testing.Property;

class SocketPacketReaderTest {
    private final SocketPacketReader reader = new SocketPacketReader(100);

    private SocketPacket read(String text) throws MalformedPacket {
        return reader.text(text).orElseThrow();
    }

    @Test
    void anEventKeepsItsNumbersAndMembersAsTheyWere() throws MalformedPacket {
        SocketPacket packet = read("2/x,17[\"a\\u0062\", 1.50 ,{\"z\" : [ ], \"a\":\"] \\\" ,\"}]");

        assertThat(packet)
                .isEqualTo(new SocketPacket.Event(
                        "/x", OptionalLong.of(17), "ab", List.of("1.50", "{\"z\":[],\"a\":\"] \\\" ,\"}"), List.of()));
    }

    @Test
    void connectsAndDisconnectsNameTheirNamespace() throws MalformedPacket {
        assertThat(read("0")).isEqualTo(new SocketPacket.Connect("/", "{}"));
        assertThat(read("0/a")).isEqualTo(new SocketPacket.Connect("/a", "{}"));
        assertThat(read("0/a,{\"t\":1}")).isEqualTo(new SocketPacket.Connect("/a", "{\"t\":1}"));
        assertThat(read("1/a,")).isEqualTo(new SocketPacket.Disconnect("/a"));
    }

    @Test
    void attachmentsCompleteAPacketInOrder() throws MalformedPacket {
        String text = "62-5[{\"_placeholder\":true,\"num\":1},[{\"x\":{\"num\":0,\"_placeholder\":true}}]]";
        assertThat(reader.text(text)).isEmpty();
        assertThat(reader.binary(new byte[] {1})).isEmpty();

        SocketPacket packet = reader.binary(new byte[] {2}).orElseThrow();

        assertThat(packet).isInstanceOfSatisfying(SocketPacket.Ack.class, ack -> {
            assertThat(ack.id()).isEqualTo(5);
            assertThat(ack.attachments()).containsExactly(new byte[] {1}, new byte[] {2});
            assertThat(ack.arguments()).hasSize(2);
        });
    }

    @Test
    void aPlaceholderIsPlainDataInAPacketWithoutAttachments() throws MalformedPacket {
        assertThat(read("2[\"a\",{\"_placeholder\":true,\"num\":7}]")).isInstanceOf(SocketPacket.Event.class);
    }

    @Test
    void attachmentsAreBounded() throws MalformedPacket {
        assertThat(reader.text("51-[\"a\",{\"_placeholder\":true,\"num\":0}]")).isEmpty();

        assertThatThrownBy(() -> reader.binary(new byte[101])).isInstanceOf(MalformedPacket.class);
        // As 32 bits these are 1 and less than nothing.
        for (String announced : List.of("17", "4294967297", "2147483648")) {
            assertThatThrownBy(() -> read("5" + announced + "-[\"a\",{\"_placeholder\":true,\"num\":0}]"))
                    .isInstanceOf(MalformedPacket.class);
        }
    }

    @Test
    void theServersPacketsAreReadAsTheyWereMeant() throws MalformedPacket {
        String event =
                new String(ServerPacket.event("/x", "3", "a\"\u20ac", List.of("1", "{}"), 0), StandardCharsets.UTF_8);
        assertThat(event).isEqualTo("42/x,3[\"a\\\"\u20ac\",1,{}]");
        assertThat(read(event.substring(1)))
                .isEqualTo(
                        new SocketPacket.Event("/x", OptionalLong.of(3), "a\"\u20ac", List.of("1", "{}"), List.of()));
    }

    /** Any text is a packet or malformed, and nothing else happens. */
    @Test
    void noTextBreaksTheReader() {
        String letters = "0123456789[]{},:-/\"\\ abtrue_placeholder\u001e\u20ac\ud83d";
        Property.forAll(20_000, random -> {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int at = 0; at < length; at++) {
                text.append(letters.charAt(random.nextInt(letters.length())));
            }
            SocketPacketReader fresh = new SocketPacketReader(10);
            try {
                assertThat(fresh.text(text.toString())).isNotNull();
            } catch (MalformedPacket expected) {
                assertThat(expected).hasMessageMatching(".+");
            }
        });
    }
}
