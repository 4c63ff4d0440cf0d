package dev.gantry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.gantry.testkit.LoopbackServer;
import dev.gantry.testkit.tidy.SourceFolder;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugin runs on the scheduler's decisions alone: what services need is not on its path. */
final class ClassPathTest {
    private static final Path TARGET = SourceFolder.currentModule().resolve("target");

    @TempDir private Path folder;

    @Test
    void holdsNeitherSpringNorKafka() throws IOException {
        assertThat(jars())
                .extracting(each -> Path.of(each).getFileName().toString())
                .anyMatch(name -> name.startsWith("picocli"))
                .noneMatch(name -> name.startsWith("spring-"))
                .noneMatch(name -> name.startsWith("kafka"));
    }

    @Test
    void isAllThatAnAnswerNeeds() throws Exception {
        try (var server = LoopbackServer.start(ClassPathTest::answer)) {
            assertThat(why(server.url()))
                    .contains("Insufficient cpu")
                    .doesNotContain("NoClassDefFoundError");
        }
    }

    /** A cluster of one node that is too small for the only pod. */
    private static void answer(HttpExchange exchange) throws IOException {
        String items =
                switch (exchange.getRequestURI().getPath()) {
                    case "/api/v1/nodes" ->
                            """
                            {"metadata":{"name":"small","uid":"n"},"spec":{},"status":{"allocatable":\
                            {"cpu":"1","memory":"1Gi","pods":"10"}}}""";
                    case "/api/v1/pods" ->
                            """
                            {"metadata":{"name":"web","namespace":"default","uid":"p",\
                            "resourceVersion":"7"},"spec":{"containers":[{"name":"c","image":"i",\
                            "resources":{"requests":{"cpu":"2"}}}]},"status":{"phase":"Pending"}}""";
                    default -> "";
                };
        String list = "{\"kind\":\"List\",\"metadata\":{\"resourceVersion\":\"9\"},\"items\":[%s]}";
        LoopbackServer.reply(exchange, 200, list.formatted(items));
    }

    /** What a process says that has the plugin's class path and nothing else. */
    private String why(String server) throws IOException, InterruptedException {
        Path kubeconfig = folder.resolve("kubeconfig");
        Files.writeString(
                kubeconfig,
                """
                {"kind":"Config","apiVersion":"v1","current-context":"c",
                "contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}],
                "clusters":[{"name":"c","cluster":{"server":"%s"}}],
                "users":[{"name":"u","user":{"token":"t"}}]}
                """
                        .formatted(server));
        List<String> path = new ArrayList<>(jars());
        path.addFirst(TARGET.resolve("classes").toString());
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Dlogback.configurationFile=gantry-cli-logback.xml",
                                "-cp",
                                String.join(File.pathSeparator, path),
                                "dev.gantry.cli.shell.CliMain",
                                "why",
                                "pod/web",
                                "--kubeconfig",
                                kubeconfig.toString())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static List<String> jars() throws IOException {
        String path = Files.readString(TARGET.resolve("runtime-class-path.txt")).strip();
        return Arrays.asList(path.split(File.pathSeparator));
    }
}
