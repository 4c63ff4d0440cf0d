package dev.gantry.agent.shell.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        assertThat(all.lines().limit(6)).contains("line 1", "line 2", "line 5", "problem");
        assertThat(web.kubectl("logs", "web", "--limit-bytes=13").out())
                .isEqualTo(all.substring(0, 13));
        assertThat(web.kubectl("logs", "web", "--tail=1").out()).isEqualTo("tick\n");
        assertThat(web.kubectl("logs", "web", "--tail=0").out()).isEmpty();
        assertThat(web.kubectl("logs", "web", "--timestamps", "--limit-bytes=37").out())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\S+ (line 1|problem?)\n?");
        await().untilAsserted(
                        () ->
                                assertThat(web.kubectl("logs", "web", "--since=2s").out())
                                        .contains("tick")
                                        .doesNotContain("5"));
        assertThat(web.get(web.gateway(), "/containerLogs/default/web/main?previous=true"))
                .startsWith("400 previous terminated container \"main\" in pod \"web\" not found");
        await().untilAsserted(
                        () ->
                                assertThat(followed(Duration.ofSeconds(2)).lines().count())
                                        .isGreaterThan(3));
    }

    private String followed(Duration time) throws Exception {
        String follow = "timeout %d %s logs -f --tail=1 web";
        return web.shell(follow.formatted(time.toSeconds(), web.kubectlCommand())).out();
    }

    @Test
    void followsALogAcrossItsRotation() throws Exception {
        var rotation = new LogRotation(web.runtime(), new LogRotation.Limits(10, 2));
        Process process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "exec timeout 4 " + web.kubectlCommand() + " logs -f web")
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve("follow.log").toFile())
                        .start();
        await().until(() -> Files.readString(folder.resolve("follow.log")).contains("line 5"));
        rotation.rotateAll();
        long before = Files.readString(folder.resolve("follow.log")).lines().count();
        process.waitFor();
        assertThat(Files.readString(folder.resolve("follow.log")).lines().count())
                .isGreaterThan(before + 3);
        Path log = Path.of(web.runtime().container(web.container()).orElseThrow().logPath());
        try (var files = Files.list(log.getParent())) {
            assertThat(files).hasSize(2);
        }
        // The rest of the tests want the lines from the beginning.
        try (var files = Files.newDirectoryStream(log.getParent(), "0.log.*")) {
            Path first = files.iterator().next();
            Files.writeString(
                    first, Files.readString(log), java.nio.file.StandardOpenOption.APPEND);
            Files.move(first, log, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            web.runtime().reopenLog(web.container());
        }
    }
}
