package dev.gantry.local.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

final class NodeTroubleTest {
    @Test
    void aReadyNodeHasNone() {
        assertThat(trouble("True", "KubeletReady", "agent is posting ready status")).isEmpty();
    }

    @Test
    void namesNodeReasonAndMessageAndWhatInstallsAMissingPlugin() {
        var trouble =
                trouble(
                                "False",
                                "KubeletNotReady",
                                "container runtime network not ready: failed to find plugin"
                                        + " \"bridge\" in path [/usr/lib/cni]")
                        .orElseThrow();

        assertThat(trouble.isToldByNode()).isTrue();
        assertThat(trouble.text())
                .startsWith("node-1 is not Ready: KubeletNotReady: container runtime network")
                .contains("failed to find plugin \"bridge\"")
                .contains("apt-get install containernetworking-plugins, which brings bridge");
    }

    @Test
    void forAnyOtherReasonTheAgentsLogHelps() {
        var trouble =
                trouble("Unknown", "NodeStatusUnknown", "Kubelet stopped posting node status.")
                        .orElseThrow();

        assertThat(trouble.isToldByNode()).isFalse();
        assertThat(trouble.text())
                .contains("NodeStatusUnknown", "./gantry logs agent-1")
                .doesNotContain("apt-get");
    }

    @Test
    void aNodeThatIsAbsentOrSilentIsNotReadyEither() {
        assertThat(NodeTrouble.of("node-2", Optional.empty()).orElseThrow().text())
                .contains("node-2 is not Ready", "not registered", "./gantry logs agent-2");
        var silent = NodeTrouble.of("node-2", Optional.of(node("[]"))).orElseThrow();
        assertThat(silent.isToldByNode()).isFalse();
        assertThat(silent.text()).contains("has not reported");
    }

    private static Optional<NodeTrouble> trouble(String status, String reason, String message) {
        ObjectNode ready = JsonMapper.shared().createObjectNode();
        ready.put("type", "Ready").put("status", status);
        ready.put("reason", reason).put("message", message);
        return NodeTrouble.of("node-1", Optional.of(node("[" + ready + "]")));
    }

    private static Resource node(String conditions) {
        String text = "{\"kind\":\"Node\",\"status\":{\"conditions\":%s}}".formatted(conditions);
        return new Resource((ObjectNode) JsonMapper.shared().readTree(text));
    }
}
