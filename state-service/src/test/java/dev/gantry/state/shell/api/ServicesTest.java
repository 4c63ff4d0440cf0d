package dev.gantry.state.shell.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.state.shell.api.TestApi.Answer;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServicesTest {
    private static final String SERVICES = "/api/v1/namespaces/shop/services";
    private TestApi api;

    @BeforeEach
    void start() throws InterruptedException {
        api = TestApi.withNamespace("shop");
    }

    private static String service(String name, String spec) {
        String more = spec.isEmpty() ? "" : "," + spec;
        return "{\"metadata\":{\"name\":\"%s\"},\"spec\":{\"ports\":[{\"port\":80}]%s}}"
                .formatted(name, more);
    }

    @Test
    void serviceGetsOneAddressOfThePreferredFamily() {
        Answer made = api.post(SERVICES, service("web", ""));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.text("/spec/clusterIP")).startsWith("10.96.0.");
        assertThat(made.at("/spec/clusterIPs").size()).isEqualTo(1);
        assertThat(made.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\"]");
        assertThat(made.text("/spec/ipFamilyPolicy")).isEqualTo("SingleStack");
    }

    @Test
    void dualStackServiceGetsOneOfEach() {
        Answer made = api.post(SERVICES, service("web", "\"ipFamilyPolicy\":\"PreferDualStack\""));

        assertThat(made.at("/spec/ipFamilies").toString()).isEqualTo("[\"IPv4\",\"IPv6\"]");
        assertThat(made.text("/spec/clusterIPs/1")).startsWith("fd00:10:96::");
    }

    @Test
    void headlessServiceGetsNone() {
        Answer made =
                api.post(
                        SERVICES,
                        service("web", "\"clusterIP\":\"None\",\"selector\":{\"app\":\"web\"}"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/spec/clusterIPs").toString()).isEqualTo("[\"None\"]");
    }

    @Test
    void addressIsGivenOnlyOnceAndAgainOnceItsHolderIsGone() {
        String wanted = "\"clusterIP\":\"10.96.0.9\"";
        assertThat(api.post(SERVICES, service("one", wanted)).code()).isEqualTo(201);

        Answer refused = api.post(SERVICES, service("two", wanted));
        api.delete(SERVICES + "/one");
        Answer taken = api.post(SERVICES, service("two", wanted));

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .isEqualTo(
                        "Service \"two\" is invalid: spec.clusterIPs: Invalid value:"
                                + " [\"10.96.0.9\"]: failed to allocate IP 10.96.0.9: provided IP"
                                + " is already allocated");
        assertThat(taken.code()).isEqualTo(201);
    }

    @Test
    void foreignAddressIsRefused() {
        Answer refused = api.post(SERVICES, service("one", "\"clusterIP\":\"192.168.0.1\""));

        assertThat(refused.code()).isEqualTo(422);
        assertThat(refused.message())
                .contains(
                        "the provided IP (192.168.0.1) is not in the valid range. The range of"
                                + " valid IPs is 10.96.0.0/24");
    }

    @Test
    void updateKeepsAddressAndPorts() {
        Answer made = api.post(SERVICES, service("web", "\"type\":\"NodePort\""));

        Answer updated =
                api.put(
                        SERVICES + "/web",
                        service("web", "\"type\":\"NodePort\",\"selector\":{\"app\":\"x\"}"));

        assertThat(updated.code()).as(updated.message()).isEqualTo(200);
        assertThat(updated.text("/spec/clusterIP")).isEqualTo(made.text("/spec/clusterIP"));
        assertThat(updated.at("/spec/ports/0/nodePort"))
                .isEqualTo(made.at("/spec/ports/0/nodePort"));
        assertThat(updated.at("/spec/ports/0/nodePort").asInt()).isBetween(30000, 30009);
    }

    @Test
    void nodePortsAreGivenOnlyOnceUnderConcurrency() throws InterruptedException {
        Set<Integer> ports = new ConcurrentSkipListSet<>();
        Set<Integer> codes = new ConcurrentSkipListSet<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                String name = "s" + i;
                threads.execute(
                        () -> {
                            Answer made =
                                    api.post(SERVICES, service(name, "\"type\":\"NodePort\""));
                            codes.add(made.code());
                            if (made.code() == 201) {
                                ports.add(made.at("/spec/ports/0/nodePort").asInt());
                            }
                        });
            }
        }
        assertThat(ports).hasSize(10);
        assertThat(codes).containsExactly(201, 422);
    }

    @Test
    void aLoadBalancerWithoutNodePortsHasAHealthCheckPortAllTheSame() {
        Answer made =
                api.post(
                        SERVICES,
                        service(
                                "web",
                                "\"type\":\"LoadBalancer\",\"externalTrafficPolicy\":\"Local\","
                                        + "\"allocateLoadBalancerNodePorts\":false"));

        assertThat(made.code()).as(made.message()).isEqualTo(201);
        assertThat(made.at("/spec/healthCheckNodePort").asInt()).isBetween(30000, 30009);
        assertThat(made.at("/spec/ports/0").has("nodePort")).isFalse();
    }

    @Test
    void nodePortOutsideTheRangeIsRefused() {
        Answer refused =
                api.post(
                        SERVICES,
                        "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"type\":\"NodePort\",\"ports\":"
                                + "[{\"port\":80,\"nodePort\":80}]}}");

        assertThat(refused.message())
                .isEqualTo(
                        "Service \"a\" is invalid: spec.ports[0].nodePort: Invalid value: 80:"
                                + " provided port is not in the valid range. The range of valid"
                                + " ports is 30000-30009");
    }
}
