package dev.gantry.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL that keeps its promises: fsync and synchronous_commit are on.
 *
 * <p>{@link #freshDatabase()} shares one server per JVM; {@link #ownServer()} starts one that a
 * test may stop, kill and start again with its files.
 */
public final class TestPostgres implements AutoCloseable {
    private static final String WHOLE_SERVER = "postgres";
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable TestPostgres shared;

    private final Path folder;
    private final int port;
    private final String database;
    private final boolean ownsServer;
    private EmbeddedPostgres server;

    private TestPostgres(Path folder, int port, String database, EmbeddedPostgres server) {
        this.folder = folder;
        this.port = port;
        this.database = database;
        this.server = server;
        this.ownsServer = database.equals(WHOLE_SERVER);
    }

    /** An empty database of its own on the server that all tests of this JVM share. */
    public static synchronized TestPostgres freshDatabase() {
        if (shared == null) {
            shared = ownServer();
        }
        String name = "test" + NUMBER.incrementAndGet();
        try (Connection connection = shared.dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException fault) {
            throw new IllegalStateException("cannot make database " + name, fault);
        }
        return new TestPostgres(shared.folder, shared.port, name, shared.server);
    }

    /** A server of its own; {@link #close()} deletes it. */
    public static TestPostgres ownServer() {
        try {
            Path folder = Files.createTempDirectory("gantry-postgres");
            int port = FreePorts.next();
            var made = new TestPostgres(folder, port, WHOLE_SERVER, launch(folder, port));
            // The library's own hook does not wait for the server, and would leave it running.
            Runtime.getRuntime().addShutdownHook(new Thread(made::close));
            return made;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(port, database);
    }

    public String username() {
        return "postgres";
    }

    public String password() {
        return "postgres";
    }

    /** Not pooled: each call of {@code getConnection} connects. */
    public DataSource dataSource() {
        return server.getDatabase(username(), database);
    }

    /** Runs one statement; for arranging and disturbing, not for measuring. */
    public void execute(String sql) {
        try (Connection connection = dataSource().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(sql, fault);
        }
    }

    /** Cuts every connection to this database but the one that does it. */
    public void cutConnections() {
        execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """);
    }

    /** Keeps the database as it is, for {@link #restore}. Nobody may be connected to it. */
    public void backUp() {
        onServer("CREATE DATABASE %s_backup TEMPLATE %s".formatted(database, database));
    }

    /** The database is what it was at {@link #backUp}. Nobody may be connected to it. */
    public void restore() {
        onServer("DROP DATABASE " + database);
        onServer("CREATE DATABASE %s TEMPLATE %s_backup".formatted(database, database));
    }

    /** Takes away all that is in the database, and the database's identity with it. */
    public void lose() {
        onServer("DROP DATABASE " + database);
        onServer("CREATE DATABASE " + database);
    }

    private void onServer(String sql) {
        try (Connection connection = server.getDatabase(username(), WHOLE_SERVER).getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException fault) {
            throw new IllegalStateException(sql, fault);
        }
    }

    /** Starts the server again with the files that it had. */
    public synchronized void start() {
        try {
            server = launch(folder, port);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** Stops the server in order; clients lose their connections. */
    public synchronized void stop() {
        try {
            server.close();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /** kill -9 for the server's first process; what it had not made durable is gone. */
    public synchronized void kill() {
        try {
            ProcessHandle process = firstProcess().orElseThrow();
            process.destroyForcibly();
            awaitEnd(process);
            stop();
            Files.deleteIfExists(lock());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public synchronized void close() {
        if (!ownsServer || !Files.exists(folder)) {
            return;
        }
        try {
            quit();
            delete();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /**
     * PostgreSQL's immediate shutdown. Nobody will read these files again; to stop in order, it
     * would write out and sync all databases of all tests first, which takes up to half a minute.
     */
    private void quit() throws IOException {
        Optional<ProcessHandle> process = firstProcess();
        if (process.isPresent()) {
            String pid = Long.toString(process.get().pid());
            awaitEnd(new ProcessBuilder("kill", "-QUIT", pid).start().toHandle());
            awaitEnd(process.get());
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
        }
    }

    /** Empty where the server does not run. */
    private Optional<ProcessHandle> firstProcess() throws IOException {
        return Files.exists(lock())
                ? ProcessHandle.of(Long.parseLong(Files.readAllLines(lock()).getFirst().strip()))
                : Optional.empty();
    }

    private Path lock() {
        return folder.resolve("files").resolve("postmaster.pid");
    }

    private static void awaitEnd(ProcessHandle process) {
        process.onExit().orTimeout(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS).join();
    }

    private static EmbeddedPostgres launch(Path folder, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setPort(port)
                .setDataDirectory(folder.resolve("files"))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "100")
                .setPGStartupWait(Patience.LIMIT)
                .start();
    }
}
