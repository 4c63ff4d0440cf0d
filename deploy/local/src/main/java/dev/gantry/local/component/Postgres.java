package dev.gantry.local.component;

import dev.gantry.local.instance.Instance;
import dev.gantry.local.pki.SecretFile;
import dev.gantry.local.prerequisite.ServerUser;
import dev.gantry.local.process.Command;
import dev.gantry.local.process.ProcessSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * The embedded PostgreSQL: binaries from a jar, a data folder that outlives the process, passwords
 * made at first start, fsync on. It listens on loopback only.
 *
 * <p>It refuses to run as root, so it runs as a {@link ServerUser}, to whom its data folder
 * belongs.
 */
public final class Postgres {
    public static final String NAME = "postgres";

    private static final String VERSION = "18.6";
    private static final Duration QUIT_LIMIT = Duration.ofSeconds(10);

    /** Greater than any id that Linux gives. */
    private static final String NO_PROCESS = String.valueOf(Integer.MAX_VALUE);

    private final Instance instance;
    private final Path binaries;
    private final Path data;

    public Postgres(Instance instance) {
        this.instance = instance;
        this.binaries = instance.distribution().resolve("postgres-" + VERSION);
        this.data = instance.data().resolve("postgres");
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:%d/gantry".formatted(instance.postgresPort());
    }

    public String password(String role) throws IOException {
        return SecretFile.readOrMake(instance.secrets().resolve("postgres-" + role));
    }

    /** Unpacks the binaries and makes the data folder, where they are missing. */
    public void prepare() throws IOException {
        prepare(ServerUser.ofThisMachine());
    }

    void prepare(ServerUser user) throws IOException {
        PostgresBinaries.provide(binaries);
        Files.createDirectories(socketFolder());
        giveTo(user, socketFolder());
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialize(user);
        }
        giveTo(user, data);
        forgetProcess(data.resolve("postmaster.pid"));
        writeConfiguration();
    }

    /**
     * A server that did not end in good order has left its process id. Once the machine was started
     * again, that may be another process, which the next server would take for one on the same
     * files. The rest of the file stays: by it the server sees whether any of the former one lives.
     */
    private void forgetProcess(Path lock) throws IOException {
        List<String> lines =
                Files.exists(lock) ? new ArrayList<>(Files.readAllLines(lock)) : List.of();
        if (lines.isEmpty()) {
            return;
        }
        String process = NodeCleanup.commandLine(Path.of("/proc", lines.getFirst().strip()));
        if (!process.contains(data.toString())) {
            lines.set(0, NO_PROCESS);
            Files.write(lock, lines);
        }
    }

    public ProcessSpec process() throws IOException {
        return process(ServerUser.ofThisMachine());
    }

    /**
     * Ends a server at once, without its files. It is not killed unless it must be: only the server
     * itself gives back the kernel's shared memory.
     */
    public static void quit(ProcessHandle server) throws IOException, InterruptedException {
        Command.attempt(List.of("kill", "-QUIT", Long.toString(server.pid())), "");
        try {
            server.onExit().get(QUIT_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException stuck) {
            server.destroyForcibly();
        }
    }

    ProcessSpec process(ServerUser user) {
        List<String> command = new ArrayList<>(user.command());
        command.addAll(List.of(binaries.resolve("bin/postgres").toString(), "-D", data.toString()));
        return new ProcessSpec(
                NAME,
                1,
                command,
                new TreeMap<>(),
                instance.logs().resolve("postgres.log"),
                ProcessSpec.Readiness.once(this::isReady),
                ProcessSpec.Stop.by("INT"));
    }

    /** By what the server itself writes down, since it accepts connections before it serves. */
    private boolean isReady() throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", instance.postgresPort()), 500);
        }
        List<String> known = Files.readAllLines(data.resolve("postmaster.pid"));
        return known.getLast().strip().equals("ready");
    }

    /** Beside its place, and put there once it is complete. */
    private void initialize(ServerUser user) throws IOException {
        password("postgres");
        Path fresh = data.resolveSibling("postgres.new");
        NodeCleanup.deleteTree(fresh);
        ownFolder(fresh);
        giveTo(user, fresh);
        run(
                user,
                "",
                "initdb",
                "-D",
                fresh.toString(),
                "-U",
                "postgres",
                "--pwfile=" + instance.secrets().resolve("postgres-postgres"),
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--no-instructions");
        alone(
                user,
                fresh,
                "postgres",
                "CREATE ROLE gantry_state LOGIN PASSWORD '%s'".formatted(password("gantry_state")),
                "CREATE ROLE gantry_monitoring LOGIN PASSWORD '%s'"
                        .formatted(password("gantry_monitoring")),
                "CREATE DATABASE gantry OWNER gantry_state",
                "REVOKE ALL ON DATABASE gantry FROM PUBLIC",
                "GRANT CONNECT ON DATABASE gantry TO gantry_monitoring");
        alone(
                user,
                fresh,
                "gantry",
                "CREATE SCHEMA gantry_monitoring AUTHORIZATION gantry_monitoring");
        Files.move(fresh, data, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Runs statements while no server runs: in single-user mode, each on a line of its own. */
    private void alone(ServerUser user, Path files, String database, String... statements)
            throws IOException {
        run(
                user,
                String.join("\n", statements) + "\n",
                "postgres",
                "--single",
                "-D",
                files.toString(),
                "-c",
                "exit_on_error=true",
                database);
    }

    private void run(ServerUser user, String input, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(user.command());
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(List.of(arguments));
        Command.run(command, input);
    }

    private static void ownFolder(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /**
     * Also when the kernel has begun to refuse user namespaces, or to give them, since last time.
     */
    private static void giveTo(ServerUser user, Path folder) throws IOException {
        UserPrincipal owner =
                folder.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(user.owner());
        if (Files.getOwner(folder).equals(owner)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : (Iterable<Path>) files::iterator) {
                Files.getFileAttributeView(
                                each, FileOwnerAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                        .setOwner(owner);
            }
        }
    }

    private void writeConfiguration() throws IOException {
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                """
                # Written by gantry at each start.
                listen_addresses = '127.0.0.1'
                port = %d
                unix_socket_directories = '%s'
                max_connections = 60
                shared_buffers = 96MB
                fsync = on
                synchronous_commit = on
                full_page_writes = on
                max_wal_size = 2GB
                checkpoint_timeout = 15min
                jit = off
                track_activities = on
                io_method = sync
                """
                        .formatted(instance.postgresPort(), socketFolder()));
    }

    private Path socketFolder() {
        return instance.run().resolve("postgres");
    }
}
