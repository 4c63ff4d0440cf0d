package dev.gantry.model.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Uid;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class MessageCodecTest {
    @Test
    void aGangWithAllThatABindingCanSayComesBackEqual() {
        var effect = JsonMapper.shared().createObjectNode().put("effect", "bindVolume");
        Binding member =
                new Binding("default", "b", new Uid("2"), "n2", "", "", 5, "{}")
                        .withEffects(List.of(effect));
        Binding sent =
                new Binding("default", "a", new Uid("1"), "", "Unschedulable", "why", 7, "{}")
                        .nominating("n1", List.of(new Binding.Victim("default", "v", new Uid("3"))))
                        .together("team", List.of(member))
                        .ofTerm(4);

        Binding received = MessageCodec.decode(MessageCodec.encode(sent), Binding.class);

        assertThat(received).isEqualTo(sent);
    }

    @Test
    void whatAnOlderSenderLeavesOutIsEmpty() {
        var expected = new Binding("default", "a", new Uid("1"), "n", "", "", 1, "");
        ObjectNode old = (ObjectNode) JsonMapper.shared().readTree(MessageCodec.encode(expected));
        old.remove(List.of("nominatedNode", "victims", "effects", "gang", "members", "term"));

        Binding received = MessageCodec.decode(old.toString().getBytes(UTF_8), Binding.class);

        assertThat(received).isEqualTo(expected);
    }

    @Test
    void aFenceSaysNothingButItsTerm() {
        Binding fence = MessageCodec.decode(MessageCodec.encode(Binding.fence(9)), Binding.class);

        assertThat(fence.isFence()).isTrue();
        assertThat(fence.term()).isEqualTo(9);
    }
}
