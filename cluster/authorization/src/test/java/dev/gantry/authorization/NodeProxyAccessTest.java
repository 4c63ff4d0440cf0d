package dev.gantry.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.meta.GroupResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeProxyAccessTest {
    @ParameterizedTest
    @CsvSource({
        "stats/summary, stats",
        "metrics, metrics",
        "metrics/cadvisor, metrics",
        "logs/kubelet.log, log",
        "pods, pods",
        "pods/, pods",
        "runningpods/, pods",
        "healthz/ping, healthz",
        "configz, configz",
        "flagz, configz",
        "statusz, statusz",
        "checkpoint/a/b/c, checkpoint"
    })
    void readingIsALesserRight(String path, String subresource) {
        assertThat(NodeProxyAccess.finer(get("n1", path)))
                .hasValueSatisfying(
                        finer -> {
                            assertThat(finer.subresource()).isEqualTo(subresource);
                            assertThat(finer.verb()).isEqualTo("get");
                            assertThat(finer.name()).isEqualTo("n1");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "exec/a/b/c",
                "run/a/b/c",
                "containerLogs/a/b/c",
                "statsx",
                "/stats",
                "stats/../exec/a/b/c",
                "stats/./summary",
                "stats//summary",
                "stats/.."
            })
    void everythingElseTakesTheWholeProxy(String path) {
        assertThat(NodeProxyAccess.finer(get("n1", path))).isEmpty();
    }

    @Test
    void otherProgramsOfTheNodeTakeTheWholeProxy() {
        assertThat(NodeProxyAccess.finer(get("n1:9100", "metrics"))).isEmpty();
    }

    @Test
    void conversationsAndChangesTakeTheRightToCreate() {
        Access read = get("n1", "pods");
        assertThat(NodeProxyAccess.needsCreate(read, false)).isFalse();
        assertThat(NodeProxyAccess.needsCreate(read, true)).isTrue();
        assertThat(NodeProxyAccess.needsCreate(read.withVerb("update"), false)).isTrue();
        var pods = Access.resource("get", new GroupResource("", "pods"), "proxy", "a", "p");
        assertThat(NodeProxyAccess.needsCreate(pods, true)).isFalse();
    }

    private static Access get(String name, String path) {
        return new Access(
                "get",
                true,
                "",
                "v1",
                "nodes",
                "proxy",
                "",
                name,
                "/api/v1/nodes/" + name + "/proxy/" + path,
                Selection.EVERYTHING);
    }
}
