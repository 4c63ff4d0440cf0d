package dev.gantry.agent.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.stream.Channels.ClientMessage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ChannelProtocolTest {
    private static final byte[] SUCCESS = json("{'metadata':{},'status':'Success'}");
    private static final byte[] FAILURE =
            json("{'metadata':{},'status':'Failure','message':'exit code 7','code':500}");

    @Test
    void prefersTheProtocolThatCanEndInput() {
        assertThat(ChannelProtocol.forCommands(List.of("v4.channel.k8s.io", "v5.channel.k8s.io")))
                .hasValue(ChannelProtocol.V5);
    }

    @ParameterizedTest
    @EnumSource
    void isChosenByItsName(ChannelProtocol protocol) {
        assertThat(ChannelProtocol.forCommands(List.of(protocol.wire()))).hasValue(protocol);
    }

    @Test
    void takesTheFirstThatIsKnown() {
        assertThat(
                        ChannelProtocol.forCommands(
                                List.of("chat", "base64.channel.k8s.io", "channel.k8s.io")))
                .hasValue(ChannelProtocol.BASE64);
        assertThat(ChannelProtocol.forCommands(List.of("chat"))).isEmpty();
        assertThat(ChannelProtocol.forCommands(List.of())).hasValue(ChannelProtocol.NONE);
        assertThat(ChannelProtocol.forPorts(List.of())).hasValue(ChannelProtocol.NONE);
        assertThat(ChannelProtocol.forPorts(List.of("channel.k8s.io"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void understandsItsOwnMessages(ChannelProtocol protocol) {
        byte[] bytes = {0, 7, (byte) 200};
        assertThat(protocol.parse(protocol.message(Channels.STDIN, bytes)))
                .isInstanceOfSatisfying(
                        ClientMessage.Input.class,
                        said -> assertThat(said.bytes()).isEqualTo(bytes));
        assertThat(protocol.parse(protocol.message(Channels.RESIZE, bytes)))
                .isInstanceOf(ClientMessage.Resize.class);
        assertThat(protocol.parse(protocol.message(Channels.STDOUT, new byte[0])))
                .isInstanceOf(ClientMessage.Ignored.class);
    }

    /** The examples of the protocol's description. */
    @Test
    void encodesAsUpstream() {
        assertThat(ChannelProtocol.PLAIN.message(1, json("\n"))).containsExactly(1, 10);
        assertThat(ChannelProtocol.BASE64.message(1, json("\n"))).asString().isEqualTo("1Cg==");
        assertThat(ChannelProtocol.BASE64.parse(json("0Zm9vCg==")))
                .isInstanceOfSatisfying(
                        ClientMessage.Input.class,
                        said -> assertThat(said.bytes()).asString().isEqualTo("foo\n"));
    }

    @Test
    void onlyTheNewestLetsInputEnd() {
        byte[] end = {(byte) 255, 0};
        assertThat(ChannelProtocol.V5.parse(end)).isInstanceOf(ClientMessage.EndOfInput.class);
        assertThat(ChannelProtocol.V4.parse(end)).isInstanceOf(ClientMessage.Ignored.class);
        assertThat(ChannelProtocol.V5.parse(new byte[] {(byte) 255, 1}))
                .isInstanceOf(ClientMessage.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "9", "-1"})
    void ignoresChannelsOnWhichClientsHaveNothingToSay(byte channel) {
        byte[] message = {channel, 1};
        assertThat(ChannelProtocol.V5.parse(message)).isInstanceOf(ClientMessage.Ignored.class);
        assertThat(ChannelProtocol.BASE64.parse(message)).isInstanceOf(ClientMessage.Ignored.class);
    }

    @Test
    void ignoresWhatIsNotEncoded() {
        assertThat(ChannelProtocol.BASE64.parse(json("0!!")))
                .isInstanceOf(ClientMessage.Ignored.class);
        assertThat(ChannelProtocol.BASE64.parse(new byte[0]))
                .isInstanceOf(ClientMessage.Ignored.class);
    }

    @Test
    void saysHowACommandEndedAsItsClientsExpect() {
        assertThat(ChannelProtocol.V4.verdict(SUCCESS)).hasValue(SUCCESS);
        assertThat(ChannelProtocol.PLAIN.verdict(SUCCESS)).isEmpty();
        assertThat(ChannelProtocol.PLAIN.verdict(FAILURE)).hasValue(json("exit code 7"));
        assertThat(ChannelProtocol.NONE.verdict(json("broken"))).hasValue(json("broken"));
    }

    private static byte[] json(String text) {
        return text.replace('\'', '"').getBytes(UTF_8);
    }
}
