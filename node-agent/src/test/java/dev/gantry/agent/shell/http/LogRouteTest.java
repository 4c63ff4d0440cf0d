package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kubectl on one end, the logs that containerd writes on the other. */
@ExtendWith(ServedPod.Shared.class)
final class LogRouteTest {
    @TempDir private Path folder;
    private final ServedPod web;

    LogRouteTest(ServedPod web) {
        this.web = web;
    }

    @Test
    void showsLogsByTailTimeLimitAndStream() throws Exception {
        // The two streams of a container are read side by side: which line comes first is open.
        String all = web.kubectl("logs", "web", "--tail=-1").out();
        assertThat(all.lines()).contains("line 1", "line 2", "line 5", "problem");
        assertThat(web.kubectl("logs", "web", "--limit-bytes=13").out())
                .isEqualTo(all.substring(0, 13));
        assertThat(web.kubectl("logs", "web", "--tail=1").out()).isEqualTo("tick\n");
        assertThat(web.kubectl("logs", "web", "--tail=0").out()).isEmpty();
        assertThat(web.kubectl("logs", "web", "--timestamps").out().lines().limit(1))
                .singleElement()
                .asString()
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (line 1|problem)");
        await().untilAsserted(
                        () ->
                                assertThat(web.kubectl("logs", "web", "--since=2s").out())
                                        .contains("tick")
                                        .doesNotContain("5"));
        assertThat(web.get(web.gateway(), "/containerLogs/default/web/main?previous=true"))
                .startsWith("400 previous terminated container \"main\" in pod \"web\" not found");
    }

    @Test
    void followsALogWhileItGrows() throws Exception {
        Process process = follow(" --tail=1");
        try {
            await().until(() -> followed().size() > 3);
        } finally {
            process.destroyForcibly().waitFor();
        }
        assertThat(followed()).endsWith("tick");
    }

    @Test
    void followsALogAcrossItsRotation() throws Exception {
        var rotation = new LogRotation(web.runtime(), new LogRotation.Limits(10, 2));
        Process process = follow("");
        try {
            await().until(() -> followed().contains("line 5"));
            rotation.rotateAll();
            int before = followed().size();
            await().until(() -> followed().size() > before + 3);
        } finally {
            process.destroyForcibly().waitFor();
        }
        Path log = Path.of(web.runtime().container(web.container()).orElseThrow().logPath());
        try (var files = Files.list(log.getParent())) {
            assertThat(files).hasSize(2);
        }
        // The rest of the tests want the lines from the beginning.
        try (var files = Files.newDirectoryStream(log.getParent(), "0.log.*")) {
            Path first = files.iterator().next();
            Files.writeString(first, Files.readString(log), StandardOpenOption.APPEND);
            Files.move(first, log, StandardCopyOption.REPLACE_EXISTING);
            web.runtime().reopenLog(web.container());
        }
    }

    private Process follow(String options) throws IOException {
        return web.kubectlTo(folder.resolve("follow.log"), "logs -f web" + options);
    }

    private List<String> followed() throws IOException {
        return Files.readAllLines(folder.resolve("follow.log"));
    }
}
