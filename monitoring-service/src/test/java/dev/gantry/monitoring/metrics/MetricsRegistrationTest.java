package dev.gantry.monitoring.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.address.Address;
import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.Resource;
import dev.gantry.monitoring.metrics.MetricsRegistration.Wanted;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class MetricsRegistrationTest {
    private final MetricsRegistration here = at("192.0.2.1", 4443);

    @Test
    void leadsFromTheApiServiceToThisProcess() {
        Resource api = wanted(here, Kinds.API_SERVICE.plural()).object();
        assertThat(api.name()).isEqualTo("v1beta1.metrics.k8s.io");
        assertThat(api.tree().at("/spec/service/name").asString(""))
                .isEqualTo(wanted(here, "services").object().name());
        assertThat(api.tree().at("/spec/caBundle").asString("")).isEqualTo("cGVt");
        Resource slice = wanted(here, "endpointslices").object();
        assertThat(slice.labels()).containsEntry("kubernetes.io/service-name", "metrics-server");
        assertThat(slice.tree().at("/endpoints/0/addresses/0").asString("")).isEqualTo("192.0.2.1");
        assertThat(slice.tree().at("/ports/0/port").asInt(0)).isEqualTo(4443);
    }

    @Test
    void leavesWhatIsRightAsItIs() {
        for (Wanted each : here.objects()) {
            Resource stored = each.object().copy();
            ((ObjectNode) stored.tree().path("metadata")).put("uid", "1");
            if (stored.spec() instanceof ObjectNode spec) {
                spec.put("clusterIP", "10.96.0.7");
            }
            assertThat(each.completed(stored)).isEmpty();
        }
    }

    @Test
    void tellsANewAddressAndKeepsWhatTheServerAdded() {
        Resource stored = wanted(here, "apiservices").object().copy();
        ((ObjectNode) stored.spec()).put("caBundle", "b2xk").put("added", true);
        Resource changed = wanted(here, "apiservices").completed(stored).orElseThrow();
        assertThat(changed.spec().path("caBundle").asString("")).isEqualTo("cGVt");
        assertThat(changed.spec().path("added").asBoolean(false)).isTrue();
        Resource moved =
                wanted(at("192.0.2.9", 5), "endpointslices")
                        .completed(wanted(here, "endpointslices").object())
                        .orElseThrow();
        assertThat(moved.tree().at("/endpoints/0/addresses/0").asString("")).isEqualTo("192.0.2.9");
        assertThat(moved.tree().path("endpoints").size()).isEqualTo(1);
    }

    /** Somebody who runs metrics-server keeps it. */
    @Test
    void leavesObjectsOfOthersAlone() {
        Resource foreign = wanted(here, "apiservices").object().copy();
        ((ObjectNode) foreign.tree().path("metadata")).remove("labels");
        ((ObjectNode) foreign.spec()).put("caBundle", "b2xk");
        assertThat(wanted(here, "apiservices").completed(foreign)).isEmpty();
    }

    private static Wanted wanted(MetricsRegistration from, String plural) {
        return from.objects().stream()
                .filter(each -> each.kind().plural().equals(plural))
                .findFirst()
                .orElseThrow();
    }

    private static MetricsRegistration at(String address, int port) {
        return new MetricsRegistration(
                Address.parse(address).orElseThrow(), port, "pem".getBytes(UTF_8));
    }
}
