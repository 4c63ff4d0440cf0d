package dev.gantry.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.process.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Shells that wait stand for the processes of clusters. */
final class RunningClustersTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir Path folder;
    private Path first;
    private Path second;
    private RunningClusters clusters;

    @BeforeEach
    void setUp() throws IOException {
        first = Files.createDirectory(folder.resolve("first"));
        second = Files.createDirectory(folder.resolve("second"));
        clusters = new RunningClusters(folder.resolve("run"));
    }

    @AfterEach
    void endAll() throws InterruptedException {
        for (Process each : started) {
            each.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFreeSlotIsForAnybody() throws IOException {
        clusters.requireSlotOf(instance(first, 3));
        supervisor(second, 4);
        clusters.requireSlotOf(instance(first, 3));
    }

    @Test
    void tellsWhoHasTheSlotAndWhatToDo() throws IOException {
        Process holder = supervisor(first, 3);
        assertThatIOException()
                .isThrownBy(() -> clusters.requireSlotOf(instance(second, 3)))
                .withMessageStartingWith(
                        "slot 3 is taken by the cluster in %s (supervised by pid %d). Nothing was changed.",
                        first, holder.pid())
                .withMessageContaining("Give the cluster in " + second)
                .withMessageEndingWith("GANTRY_HOME=%s ./gantry down --slot 3", first);
    }

    @Test
    void theFirstSlotHasNoNumber() throws IOException {
        supervisor(first, 0);
        assertThat(clusters.in(0)).map(RunningCluster::home).contains(first);
        assertThat(clusters.in(1)).isEmpty();
    }

    @Test
    void itsOwnSlotIsNotTaken() throws IOException {
        supervisor(first, 3);
        clusters.requireSlotOf(instance(first, 3));
        Path link = Files.createSymbolicLink(folder.resolve("link"), first);
        clusters.requireSlotOf(instance(link, 3));
    }

    @Test
    void noClusterRunsInTwoSlots() throws IOException {
        supervisor(first, 3);
        assertThatIOException()
                .isThrownBy(() -> clusters.requireSlotOf(instance(first, 5)))
                .withMessageContaining("runs in slot 3, not in slot 5. Nothing was changed.")
                .withMessageEndingWith("GANTRY_HOME=%s ./gantry down --slot 3", first);
    }

    @Test
    void whatAKilledSupervisorLeftHasTheSlot() throws IOException {
        Process left = process("kafka", first.resolve("config/kafka.properties").toString());
        state(3, left.pid(), first);
        assertThatIOException()
                .isThrownBy(() -> clusters.requireSlotOf(instance(second, 3)))
                .withMessageContaining("the cluster in %s (whose supervisor was killed)", first);
        clusters.requireSlotOf(instance(first, 3));
    }

    @Test
    void whatIsOverHasNoSlot() throws Exception {
        Process over = supervisor(first, 3);
        over.destroyForcibly().waitFor();
        state(3, over.pid(), first);
        Process stranger = process("something", "else");
        run(4, "supervisor.pid", Long.toString(stranger.pid()));
        state(4, stranger.pid(), first);
        for (int slot : new int[] {3, 4}) {
            clusters.requireSlotOf(instance(second, slot));
        }
        assertThat(clusters.of(first)).isEmpty();
    }

    @Test
    void tellsWhatARunningClusterHasLost() throws IOException {
        Instance instance = instance(first, 3);
        for (Path each : List.of(instance.pki(), instance.secrets(), instance.data())) {
            Files.createDirectory(each);
        }
        supervisor(first, 3);
        clusters.requireFilesOf(instance);
        Files.delete(instance.data());
        assertThatIOException()
                .isThrownBy(() -> clusters.requireFilesOf(instance))
                .withMessageContaining("there is no " + instance.data() + ". Nothing was changed.");
    }

    @Test
    void aClusterThatHasLostItsFolderIsFoundAndTold() throws IOException {
        supervisor(first, 3);
        Files.delete(first);
        assertThat(clusters.of(first)).map(RunningCluster::slot).contains(3);
        assertThatIOException()
                .isThrownBy(() -> clusters.requireFilesOf(instance(first, 3)))
                .withMessageContaining("still runs, and has lost its files")
                .withMessageContaining("there is no " + first + ".")
                .withMessageContaining("GANTRY_HOME=%s ./gantry down --slot 3", first);
        clusters.requireFilesOf(instance(second, 3));
    }

    private static Instance instance(Path home, int slot) {
        return new Instance(home, home, slot, 2);
    }

    private Process supervisor(Path home, int slot) throws IOException {
        Process process = process("supervise", "--home=" + home, "--slot=" + slot);
        run(slot, "supervisor.pid", Long.toString(process.pid()));
        return process;
    }

    private void state(int slot, long pid, Path home) throws IOException {
        String log = home.resolve("logs").resolve("kafka.log").toString();
        var state = new ProcessState("kafka", pid, "ready", 0, "", log);
        run(slot, "state.json", JsonMapper.shared().writeValueAsString(List.of(state)));
    }

    private void run(int slot, String file, String text) throws IOException {
        String name = new Instance(folder, folder, slot, 0).name();
        Path run = Files.createDirectories(folder.resolve("run").resolve(name));
        Files.writeString(run.resolve(file), text);
    }

    private Process process(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "read end", "sh"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).start();
        started.add(process);
        return process;
    }
}
