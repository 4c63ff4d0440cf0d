package dev.gantry.agent.shell.http;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.agent.shell.http.ServedPod.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** kubectl on one end, containerd on the other: exec, attach and cp. */
@ExtendWith(ServedPod.Shared.class)
final class StreamRouteTest {
    @TempDir private Path folder;
    private final ServedPod web;

    StreamRouteTest(ServedPod web) {
        this.web = web;
    }

    @Test
    void execGivesBothStreamsAndTheExitCode() throws Exception {
        Run run = web.kubectl("exec", "web", "--", "sh", "-c", "echo out; echo err >&2; exit 7");
        assertThat(run.code()).isEqualTo(7);
        assertThat(run.out()).isEqualTo("out\n");
        assertThat(run.err()).contains("err\n").contains("exit code 7");
        assertThat(web.kubectl("exec", "web", "-c", "main", "--", "true"))
                .isEqualTo(new Run(0, "", ""));
    }

    @Test
    void execCarriesInputToItsEndAndMuchOutput() throws Exception {
        byte[] much = new byte[3 << 20];
        new Random(7).nextBytes(much);
        Path file = Files.write(folder.resolve("much"), much);
        Path copy = folder.resolve("copy");
        Run run =
                web.shell(
                        "%s exec -i web -- cat < %s > %s"
                                .formatted(web.kubectlCommand(), file, copy));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.mismatch(file, copy)).isEqualTo(-1);
    }

    @Test
    void execOnATerminalKnowsItsSize() throws Exception {
        Run run =
                web.shell(
                        "script -qec 'stty rows 33 cols 77; %s exec -it web -- sh -c \"sleep 0.5; stty size\"' /dev/null"
                                .formatted(web.kubectlCommand()));
        assertThat(run.out()).contains("33 77");
    }

    @Test
    void execOfWhatIsNotThereSaysSo() throws Exception {
        Run run = web.kubectl("exec", "web", "--", "no-such-program");
        assertThat(run.code()).isNotZero();
        assertThat(run.err()).contains("no-such-program");
        assertThat(web.kubectl("exec", "web", "-c", "main", "--", "sh", "-c", "kill -9 $$").code())
                .isEqualTo(137);
    }

    @Test
    void copiesFilesBothWays() throws Exception {
        Path file = Files.writeString(folder.resolve("letter"), "dear pod\n".repeat(1000));
        Path back = folder.resolve("back");
        Run there = web.kubectl("cp", file.toString(), "web:/tmp/letter");
        assertThat(there.code()).as(there.err()).isZero();
        Run again = web.kubectl("cp", "web:/tmp/letter", back.toString());
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.mismatch(file, back)).isEqualTo(-1);
    }

    @Test
    void attachShowsWhatTheContainerWrites() throws Exception {
        Path said = folder.resolve("said");
        Process attached = web.kubectlTo(said, "attach web");
        try {
            await().until(() -> Files.readString(said).contains("tick\n"));
        } finally {
            attached.destroyForcibly().waitFor();
        }
    }

    @Test
    void attachCarriesInputToAContainerThatReads() throws Exception {
        Path said = folder.resolve("said");
        Process attached = web.kubectlTo(said, "attach -i web -c echo");
        try {
            var letters = attached.outputWriter();
            letters.write("hello\n");
            letters.flush();
            await().until(() -> Files.readString(said).contains("hello\n"));
        } finally {
            attached.destroyForcibly().waitFor();
        }
    }
}
