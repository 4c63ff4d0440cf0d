package dev.gantry.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.stream.Channels.Said;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChannelsTest {
    @Test
    void prefersTheProtocolThatCanEndInput() {
        assertThat(Channels.choose(List.of(Channels.V4, Channels.V5))).hasValue(Channels.V5);
        assertThat(Channels.choose(List.of("channel.k8s.io"))).isEmpty();
    }

    @Test
    void understandsWhatClientsSay() {
        assertThat(Channels.parse(new byte[] {0, 7, 8}))
                .isInstanceOfSatisfying(
                        Said.Input.class, said -> assertThat(said.bytes()).containsExactly(7, 8));
        assertThat(Channels.parse(new byte[] {4, '{'})).isInstanceOf(Said.Resize.class);
        assertThat(Channels.parse(new byte[] {(byte) 255, 0})).isInstanceOf(Said.EndOfInput.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "9"})
    void ignoresChannelsOnWhichClientsHaveNothingToSay(byte channel) {
        assertThat(Channels.parse(new byte[] {channel, 1})).isInstanceOf(Said.Nothing.class);
        assertThat(Channels.parse(new byte[] {(byte) 255, channel}))
                .isInstanceOf(Said.Nothing.class);
        assertThat(Channels.parse(new byte[0])).isInstanceOf(Said.Nothing.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65535, 65536})
    void frameHeadsSayHowLongTheFrameIs(int length) {
        byte[] payload = new byte[length];
        byte[] frame = FrameHead.frame(FrameHead.BINARY, payload);
        FrameHead head = FrameHead.parse(frame[0] & 0xff, frame[1] & 0xff);
        assertThat(head.isLast()).isTrue();
        assertThat(head.isMasked()).isFalse();
        assertThat(head.opcode()).isEqualTo(FrameHead.BINARY);
        long said = head.length();
        if (head.lengthBytes() > 0) {
            said = 0;
            for (int i = 0; i < head.lengthBytes(); i++) {
                said = said << 8 | frame[2 + i] & 0xff;
            }
        }
        assertThat(said).isEqualTo(length);
        assertThat(frame).hasSize(2 + head.lengthBytes() + length);
    }
}
