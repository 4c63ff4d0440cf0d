package dev.gantry.gateway.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.fault.Bug;
import dev.gantry.testkit.Patience;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whatever is thrown while a request is served, its client hears of it. */
@Timeout(180)
class FailuresTest {
    private static final String PATH = "/api/v1/namespaces/default/configmaps/a";

    @TempDir Path folder;
    private RunningGateway gateway;

    @BeforeEach
    void start() throws Exception {
        gateway = RunningGateway.audited(folder);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    static Stream<Error> errors() {
        return Stream.of(
                new Bug("an invariant is broken"),
                new StackOverflowError(),
                new OutOfMemoryError("Java heap space"),
                new NoClassDefFoundError("dev/gantry/Missing"));
    }

    /** With a deadline of an hour, so that only the failure itself can be what answers. */
    @ParameterizedTest
    @MethodSource("errors")
    void errorIsAnsweredAuditedAndCounted(Error error) throws Exception {
        gateway.backend.broken.put(PATH, error);

        var reply = gateway.get(gateway.admin(), PATH + "?timeout=1h");

        assertThat(reply.statusCode()).isEqualTo(500);
        JsonNode status = JsonMapper.shared().readTree(reply.body());
        assertThat(status.path("reason").asString()).isEqualTo("InternalError");
        assertThat(status.path("message").asString()).startsWith("Internal error occurred");
        Path log = RunningGateway.auditLog(folder);
        Patience.await().untilAsserted(() -> assertThat(log).isNotEmptyFile());
        JsonNode audited = JsonMapper.shared().readTree(Files.readAllLines(log).getFirst());
        assertThat(audited.at("/responseStatus/code").asInt()).isEqualTo(500);
        assertThat(audited.at("/user/username").asString()).isEqualTo("admin");
        assertThat(gateway.get(gateway.admin(), "/metrics").body())
                .containsPattern("apiserver_request_total\\{.*configmaps.*500");
    }
}
