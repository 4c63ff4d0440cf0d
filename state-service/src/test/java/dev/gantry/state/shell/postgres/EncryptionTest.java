package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.StateLogContract.committed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.Samples;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.state.secret.EncryptionConfiguration.Provider;
import dev.gantry.state.secret.EncryptionRule;
import dev.gantry.state.shell.encryption.Encryption;
import dev.gantry.state.shell.encryption.StandInPlugin;
import dev.gantry.testkit.Patience;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class EncryptionTest {
    private static final ObjectKey KEY = Samples.key(Kinds.SECRET, "default", "token");
    private static final String VALUE = "aHVudGVyMg==";

    @Test
    void noTableHoldsTheValueOfASecretInTheClear() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path keyFile = RunningLog.keyFile();
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            var made =
                    committed(running.log.commit(List.of(Samples.create(Kinds.SECRET, secret()))));
            running.log.commit(List.of(Samples.remove(KEY, made.revision())));
            running.log.commit(List.of(Samples.create(Kinds.SECRET, secret())));
        }

        for (String table : List.of("objects", "revisions")) {
            assertThat(count(postgres, "SELECT count(*) FROM gantry." + table)).isPositive();
            assertThat(rows(postgres, table, VALUE)).isZero();
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keyFile)))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretIsReadBackAfterARestartAndByWatchersFromTheLog() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path keyFile = RunningLog.keyFile();
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            running.log.commit(List.of(Samples.create(Kinds.SECRET, secret())));
        }

        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            assertThat(valueOf(running.log.get(KEY).orElseThrow().decode())).isEqualTo(VALUE);
            try (var cursor =
                    running.log.watch(KEY.resource(), new dev.gantry.model.meta.Revision(1))) {
                var told = dev.gantry.state.log.StateLogContract.read(cursor, 1).getFirst();
                assertThat(valueOf(told.object().decode())).isEqualTo(VALUE);
            }
        }
    }

    @Test
    void aCharacterThatJsonbCannotHoldSurvivesARestart() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path keyFile = RunningLog.keyFile();
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            committed(running.log.commit(List.of(Samples.createConfigMap("odd", "a\u0000b"))));
        }

        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            Resource read = running.log.get(Samples.configMap("odd")).orElseThrow().decode();
            assertThat(read.tree().at("/data/value").stringValue()).isEqualTo("a\u0000b");
        }
    }

    @Test
    void aNewKeyAboveTheOldMakesSecretsOutdatedUntilTheyAreWritten() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path keyFile = RunningLog.keyFile();
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            running.log.commit(List.of(Samples.create(Kinds.SECRET, secret())));
            running.log.commit(List.of(Samples.createConfigMap("open", "a")));
            assertThat(running.log.isSealOutdated(KEY)).isFalse();
        }
        String old = Files.readString(keyFile);
        String young = Base64.getEncoder().encodeToString(new byte[32]) + "\n";
        Files.writeString(keyFile, young + old);

        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            assertThat(running.log.isSealOutdated(KEY)).isTrue();
            assertThat(running.log.isSealOutdated(Samples.configMap("open"))).isFalse();
            writeAgain(running.log, KEY);
            assertThat(running.log.isSealOutdated(KEY)).isFalse();
        }
        Files.writeString(keyFile, young);
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            assertThat(valueOf(running.log.get(KEY).orElseThrow().decode())).isEqualTo(VALUE);
        }
    }

    @Test
    void withAPluginThatWasNeverReachedSecretsAreRefusedAndNothingElse() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path folder = Files.createTempDirectory("kms");
        Path socket = folder.resolve("kms.sock");
        try (var encryption = byPlugin(socket, Duration.ofMillis(100));
                var running = RunningLog.start(postgres, encryption, 100).awaitLeading()) {
            committed(running.log.commit(List.of(Samples.createConfigMap("open", "a"))));
            assertThat(running.log.commit(List.of(Samples.create(Kinds.SECRET, secret()))))
                    .isInstanceOfSatisfying(
                            CommitOutcome.Unavailable.class,
                            refused -> assertThat(refused.why()).contains("\"vault\""));
        }

        try (var _ = new StandInPlugin(socket)) {
            try (var encryption = byPlugin(socket, Patience.LIMIT);
                    var running = RunningLog.start(postgres, encryption, 100).awaitLeading()) {
                committed(running.log.commit(List.of(Samples.create(Kinds.SECRET, secret()))));
            }
            try (var encryption = byPlugin(socket, Patience.LIMIT);
                    var running = RunningLog.start(postgres, encryption, 100).awaitLeading()) {
                assertThat(valueOf(running.log.get(KEY).orElseThrow().decode())).isEqualTo(VALUE);
            }
        }
    }

    /** As an operator goes about it: a rule and a restart, every object written, then the file. */
    @Test
    void otherKindsAreSealedAndOpenedAgainByWritingTheirObjects() throws Exception {
        TestPostgres postgres = TestPostgres.freshDatabase();
        Path keyFile = RunningLog.keyFile();
        ObjectKey map = Samples.configMap("plans");
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            running.log.commit(List.of(Samples.createConfigMap("plans", VALUE)));
        }
        assertThat(rows(postgres, "objects", VALUE)).isOne();

        Provider key = new Provider.AesGcm(List.of(new byte[32]));
        try (var running = sealed(postgres, keyFile, sealing(map, key)).awaitLeading()) {
            assertThat(running.log.isSealOutdated(map)).isTrue();
            writeAgain(running.log, map);
            assertThat(running.log.isSealOutdated(map)).isFalse();
            assertThat(rows(postgres, "objects", VALUE)).isZero();
            assertThat(rows(postgres, "objects", "plans")).as("its name is no secret").isOne();
        }
        var opening = sealing(map, new Provider.Identity(), key);
        try (var running = sealed(postgres, keyFile, opening).awaitLeading()) {
            var stored = running.log.get(map).orElseThrow();
            assertThat(stored.decode().tree().at("/data/value").stringValue()).isEqualTo(VALUE);
            assertThat(running.log.isSealOutdated(map)).isTrue();
            writeAgain(running.log, map);
            assertThat(running.log.isSealOutdated(map)).isFalse();
        }
        try (var running = RunningLog.start(postgres, keyFile, 100).awaitLeading()) {
            Resource read = running.log.get(map).orElseThrow().decode();
            assertThat(read.tree().at("/data/value").stringValue()).isEqualTo(VALUE);
        }
    }

    private static RunningLog sealed(
            TestPostgres postgres, Path keyFile, EncryptionConfiguration configuration) {
        return RunningLog.start(
                postgres,
                BuiltinKinds.CATALOG.concealing(configuration::seals),
                new Encryption(keyFile, configuration),
                100);
    }

    private static EncryptionConfiguration sealing(ObjectKey of, Provider... providers) {
        return new EncryptionConfiguration(
                List.of(new EncryptionRule(List.of(of.resource()), List.of(providers))));
    }

    private static void writeAgain(PostgresLog log, ObjectKey key) throws Exception {
        var stored = log.get(key).orElseThrow();
        committed(
                log.commit(
                        List.of(
                                new Change(
                                        key,
                                        stored.revision(),
                                        Optional.of(stored.decode()),
                                        "test",
                                        Instant.now()))));
    }

    private static long rows(TestPostgres postgres, String table, String text) throws SQLException {
        return count(
                postgres,
                "SELECT count(*) FROM gantry.%1$s WHERE %1$s::text LIKE '%%%2$s%%'"
                        .formatted(table, text));
    }

    private static Encryption byPlugin(Path socket, Duration timeout) {
        var kms = new Provider.Kms("vault", socket.toString(), timeout);
        var made = new Encryption(RunningLog.keyFile(), sealing(KEY, kms));
        made.start();
        return made;
    }

    private static Resource secret() {
        Resource secret = Samples.object(Kinds.SECRET, KEY);
        secret.tree().putObject("data").put("password", VALUE);
        ObjectNode annotations = secret.mutableMetadata().putObject("annotations");
        annotations.put(
                "kubectl.kubernetes.io/last-applied-configuration", "{\"x\":\"" + VALUE + "\"}");
        return secret;
    }

    private static String valueOf(Resource secret) {
        return secret.tree().at("/data/password").stringValue();
    }

    private static long count(TestPostgres postgres, String sql) throws SQLException {
        try (var connection = postgres.dataSource().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
