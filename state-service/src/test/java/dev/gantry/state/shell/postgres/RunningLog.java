package dev.gantry.state.shell.postgres;

import static dev.gantry.testkit.Patience.await;

import dev.gantry.model.meta.Revision;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.LogEntry;
import dev.gantry.state.log.ResourceTraits;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.state.shell.encryption.Encryption;
import dev.gantry.state.shell.live.LiveState;
import dev.gantry.testkit.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A state log on a test database, and what it said to its listener. */
final class RunningLog implements AutoCloseable {
    final PostgresLog log;
    final List<LogEntry> heard = new CopyOnWriteArrayList<>();

    private RunningLog(
            TestPostgres postgres, ResourceTraits traits, Encryption encryption, int windowEvents) {
        var settings =
                new PostgresLog.Settings(
                        encryption,
                        "test",
                        10_000,
                        new LiveState.WindowSize(windowEvents, 16 << 20));
        this.log = new PostgresLog(postgres.dataSource(), traits, settings, new Listener());
    }

    /** Started, and not yet leading. */
    static RunningLog start(TestPostgres postgres) {
        return start(postgres, keyFile(), 1000);
    }

    static RunningLog start(TestPostgres postgres, Path keyFile, int windowEvents) {
        return start(postgres, new Encryption(keyFile, EncryptionConfiguration.NONE), windowEvents);
    }

    static RunningLog start(TestPostgres postgres, Encryption encryption, int windowEvents) {
        return start(postgres, BuiltinKinds.CATALOG, encryption, windowEvents);
    }

    static RunningLog start(
            TestPostgres postgres, ResourceTraits traits, Encryption encryption, int windowEvents) {
        var made = new RunningLog(postgres, traits, encryption, windowEvents);
        made.log.start();
        return made;
    }

    static RunningLog leading(TestPostgres postgres) {
        return start(postgres).awaitLeading();
    }

    RunningLog awaitLeading() {
        await().until(log::isLeading);
        return this;
    }

    static Path keyFile() {
        try {
            return Files.createTempDirectory(Path.of("target"), "key").resolve("data.key");
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    @Override
    public void close() {
        log.close();
    }

    private final class Listener implements CommitListener {
        @Override
        public void onCommitted(Revision before, List<LogEntry> entries) {
            heard.addAll(entries);
        }

        @Override
        public void onLeading() {}

        @Override
        public void onLeadingEnded() {}

        @Override
        public void onOverruled() {}
    }
}
