package dev.gantry.agent.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.Resource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ServiceViewTest {
    @Test
    void leavesAServiceToTheProxyThatItNames() {
        assertThat(view("some-team.example/role")).isPresent();
        assertThat(view("service.kubernetes.io/service-proxy-name")).isEmpty();
        assertThat(view("service.kubernetes.io/headless")).isEmpty();
    }

    private static Optional<ServiceView> view(String label) {
        ObjectNode tree = JsonMapper.shared().createObjectNode();
        tree.putObject("metadata")
                .put("namespace", "n")
                .put("name", "s")
                .putObject("labels")
                .put(label, "");
        tree.putObject("spec").put("clusterIP", "10.96.0.1");
        return ServiceView.of(new Resource(tree));
    }
}
