package dev.gantry.state.shell.store;

import dev.gantry.state.secret.EncryptionConfiguration;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How the store is set.
 *
 * @param dataKeyFile the key that Secrets are encrypted with; made where it is not there
 * @param encryption what else they are encrypted with
 * @param holder names this replica in the write lease, for people
 * @param historyKept how far back the history can tell, at least
 * @param eventsKept how long Events are kept
 * @param queueLimit how many writes may wait to be committed
 * @param watchEvents how many events of each resource a watcher may be behind
 */
public record StoreSettings(
        Path dataKeyFile,
        EncryptionConfiguration encryption,
        String holder,
        Duration historyKept,
        Duration eventsKept,
        int queueLimit,
        int watchEvents) {
    /** What most want. */
    public static StoreSettings of(
            Path dataKeyFile, EncryptionConfiguration encryption, String holder) {
        return new StoreSettings(
                dataKeyFile,
                encryption,
                holder,
                Duration.ofDays(30),
                Duration.ofDays(3),
                20_000,
                8192);
    }
}
