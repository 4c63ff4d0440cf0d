package dev.gantry.model.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.meta.Uid;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class MessageCodecTest {
    @Test
    void aGangWithAllThatABindingCanSayComesBackEqual() {
        var settled = new Binding.Pod("default", "c", new Uid("9"));
        var effect = JsonMapper.shared().createObjectNode().put("effect", "bindVolume");
        Binding member =
                new Binding(
                                new Binding.Pod("default", "b", new Uid("2")),
                                5,
                                "n2",
                                new Binding.Grounds("", "", "{}"))
                        .withEffects(List.of(effect));
        Binding sent =
                new Binding(
                                new Binding.Pod("default", "a", new Uid("1")),
                                7,
                                "",
                                new Binding.Grounds("Unschedulable", "why", "{}"))
                        .nominating("n1", List.of(new Binding.Pod("default", "v", new Uid("3"))))
                        .together(new Binding.Party("team", List.of(member), List.of(settled)))
                        .stamped(new Binding.Stamp(4, 17));

        Binding received = MessageCodec.decode(MessageCodec.encode(sent), Binding.class);

        assertThat(received).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pod",
                "node",
                "nominatedNode",
                "grounds",
                "victims",
                "effects",
                "party",
                "stamp"
            })
    void aBindingThatLacksSomethingIsNone(String field) {
        var pod = new Binding.Pod("default", "a", new Uid("1"));
        var whole = new Binding(pod, 1, "n", Binding.Grounds.NONE);
        lacks(whole, field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "namespace", "name", "uid", "status"})
    void aReportThatLacksSomethingIsNone(String field) {
        ObjectNode status = JsonMapper.shared().createObjectNode();
        lacks(new PodStatusReport("n", "default", "a", new Uid("1"), 3, status, true), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "sentAt", "conditions", "capacity", "allocatable"})
    void aHeartbeatThatLacksSomethingIsNone(String field) {
        var json = JsonMapper.shared();
        ObjectNode empty = json.createObjectNode();
        lacks(new Heartbeat("n", 1, Instant.EPOCH, json.createArrayNode(), empty, empty), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"node", "at", "whole", "containers"})
    void usageThatLacksSomethingIsNone(String field) {
        lacks(new Usage("n", Instant.EPOCH, new Usage.Consumption(0, 0, 0, 0), List.of()), field);
    }

    private static void lacks(Object whole, String field) {
        ObjectNode less = (ObjectNode) JsonMapper.shared().readTree(MessageCodec.encode(whole));
        less.remove(field);

        assertThatThrownBy(
                        () ->
                                MessageCodec.decode(
                                        less.toString().getBytes(UTF_8), whole.getClass()))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void nothingIsNoMessage() {
        assertThatThrownBy(() -> MessageCodec.decode(null, Heartbeat.class))
                .isInstanceOf(JacksonException.class);
        assertThatThrownBy(() -> MessageCodec.decode("null".getBytes(UTF_8), Heartbeat.class))
                .isInstanceOf(JacksonException.class);
    }

    @Test
    void nothingIsSaidTwiceInAMessage() {
        var pod = new Binding.Pod("default", "a", new Uid("1"));
        byte[] sent = MessageCodec.encode(new Binding(pod, 1, "n", Binding.Grounds.NONE));

        assertThat(JsonMapper.shared().readTree(sent).propertyNames())
                .containsExactlyInAnyOrder(
                        "pod",
                        "seen",
                        "node",
                        "nominatedNode",
                        "grounds",
                        "victims",
                        "effects",
                        "party",
                        "stamp");
    }

    @Test
    void whatAReportSaysOfItsPodComesBackEqual() {
        ObjectNode status = JsonMapper.shared().createObjectNode().put("phase", "Failed");
        var sent = new PodStatusReport("n", "default", "a", new Uid("1"), 3, status, true);

        assertThat(MessageCodec.decode(MessageCodec.encode(sent), PodStatusReport.class))
                .isEqualTo(sent);
    }

    @Test
    void aFenceSaysNothingButItsTerm() {
        Binding fence = MessageCodec.decode(MessageCodec.encode(Binding.fence(9)), Binding.class);

        assertThat(fence.isFence()).isTrue();
        assertThat(fence.term()).isEqualTo(9);
    }
}
