package dev.gantry.agent.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.access.RequiredAccess.Manner;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequiredAccessTest {
    @ParameterizedTest
    @CsvSource({
        "GET, metrics/cadvisor, ONE_ANSWER, get, metrics",
        "GET, pods, ONE_ANSWER, get, pods proxy",
        "GET, containerLogs/a/b/c, ONE_ANSWER, get, proxy",
        "POST, exec/a/b/c, CONVERSATION, create, proxy",
        "GET, exec/a/b/c, CONVERSATION, get create, proxy",
        "GET, pods, CONVERSATION, get create, pods proxy",
        "DELETE, localVolumes/a, ONE_ANSWER, delete create, proxy",
        "PUT, x, ONE_ANSWER, update create, proxy",
        "PATCH, x, ONE_ANSWER, patch create, proxy",
        "HEAD, metrics, ONE_ANSWER, ' create', metrics",
        "get, metrics, ONE_ANSWER, ' create', metrics",
        "GET, '', ONE_ANSWER, get, proxy"
    })
    void readingTakesOneVerbAndMoreTakesTheRightToCreateToo(
            String method, String path, Manner manner, String verbs, String subresources) {
        List<String> segments = path.isEmpty() ? List.of() : Arrays.asList(path.split("/"));
        RequiredAccess required = RequiredAccess.of(method, segments, manner);
        assertThat(String.join(" ", required.verbs())).isEqualTo(verbs);
        assertThat(String.join(" ", required.subresources())).isEqualTo(subresources);
    }
}
