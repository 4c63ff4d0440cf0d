package dev.gantry.local.component;

import static dev.gantry.testkit.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.prerequisite.ServerUser;
import dev.gantry.local.process.Command;
import dev.gantry.local.process.ProcessSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real server, in a folder that only root can enter. */
final class PostgresTest {
    private static final int SLOT = 93;

    @TempDir Path folder;
    private Instance instance;
    private Postgres postgres;

    @BeforeEach
    void setUp() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "needs root");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        instance = new Instance(folder.resolve("home"), folder.resolve("jars"), SLOT, 0);
        Files.createDirectories(instance.logs());
        Files.createDirectories(instance.distribution());
        postgres = new Postgres(instance);
    }

    @AfterEach
    void removeWhatItsSocketsNeeded() throws Exception {
        NodeCleanup.deleteTree(instance.run());
    }

    @Test
    void keepsItsDataWhenTheKernelBeginsToRefuseUserNamespacesAndWhenItGivesThemAgain()
            throws Exception {
        ServerUser account = ServerUser.account("daemon");
        try (var running = new Running(account)) {
            running.execute("CREATE TABLE kept (value text)");
            assertThat(running.user()).isEqualTo("daemon");
        }
        ServerUser usual = ServerUser.ofThisMachine();
        try (var running = new Running(usual)) {
            running.execute("INSERT INTO kept VALUES ('still here')");
            assertThat(running.user()).isEqualTo(usual.owner());
        }
        try (var running = new Running(account)) {
            running.execute("DELETE FROM kept WHERE value = 'still here'");
        }
    }

    /** As after the machine was started again: ids are given anew. */
    @Test
    void startsThoughTheIdOfItsFormerProcessIsAnotherOneByNow() throws Exception {
        ServerUser usual = ServerUser.ofThisMachine();
        var killed = new Running(usual);
        killed.execute("CREATE TABLE kept (value text)");
        killed.kill();
        Path lock = instance.data().resolve("postgres").resolve("postmaster.pid");
        List<String> lines = new ArrayList<>(Files.readAllLines(lock));
        lines.set(0, Long.toString(ProcessHandle.current().pid()));
        Files.write(lock, lines);
        try (var running = new Running(usual)) {
            running.execute("DROP TABLE kept");
        }
    }

    @Test
    void givesBackItsSharedMemoryThoughItIsEndedInAHurry() throws Exception {
        var running = new Running(ServerUser.ofThisMachine());
        Path lock = instance.data().resolve("postgres").resolve("postmaster.pid");
        String[] keyAndId = Files.readAllLines(lock).get(6).strip().split(" +");
        assertThat(sharedMemory()).contains(keyAndId[1]);
        NodeCleanup.deleteTree(instance.home());
        Postgres.quit(running.process.toHandle());
        assertThat(running.process.isAlive()).isFalse();
        assertThat(sharedMemory()).doesNotContain(keyAndId[1]);
    }

    /** The ids of all segments. */
    private static List<String> sharedMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/sysvipc/shm")).stream()
                .map(line -> line.strip().split(" +")[1])
                .toList();
    }

    /** The server, from its start until it has ended in good order. */
    private final class Running implements AutoCloseable {
        private final Process process;

        Running(ServerUser user) throws Exception {
            postgres.prepare(user);
            ProcessSpec spec = postgres.process(user);
            process =
                    new ProcessBuilder(spec.command())
                            .redirectErrorStream(true)
                            .redirectOutput(spec.logFile().toFile())
                            .start();
            await().ignoreExceptions().until(() -> spec.ready().probe().isReady());
        }

        String user() {
            return process.info().user().orElseThrow();
        }

        void execute(String sql) throws Exception {
            String password = postgres.password("gantry_state");
            try (var connection =
                            DriverManager.getConnection(postgres.url(), "gantry_state", password);
                    var statement = connection.createStatement()) {
                statement.execute(sql);
            }
        }

        void kill() {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroyForcibly().onExit().join();
            children.forEach(each -> each.onExit().join());
        }

        @Override
        public void close() throws IOException {
            Command.run("kill", "-INT", Long.toString(process.pid()));
            assertThat(process.onExit().join().exitValue()).isZero();
        }
    }
}
