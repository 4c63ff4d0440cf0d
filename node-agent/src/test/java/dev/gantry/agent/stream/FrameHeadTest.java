package dev.gantry.agent.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FrameHeadTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65535, 65536})
    void saysHowLongTheFrameIs(int length) {
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
