package dev.gantry.state.shell.postgres;

import static dev.gantry.state.log.StateLogContract.committed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gantry.model.kind.Kinds;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.log.Samples;
import dev.gantry.testkit.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
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
            assertThat(
                            count(
                                    postgres,
                                    "SELECT count(*) FROM gantry.%1$s WHERE %1$s::text LIKE '%%%2$s%%'"
                                            .formatted(table, VALUE)))
                    .isZero();
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
    void anotherKeyOpensNothingAndAnotherNameNeither() {
        var envelope = new Envelope(RunningLog.keyFile());
        byte[] sealed = envelope.seal(KEY, new byte[] {1, 2, 3});

        assertThat(envelope.open(KEY, sealed)).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> new Envelope(RunningLog.keyFile()).open(KEY, sealed))
                .hasMessageContaining("not in the data key file");
        assertThatThrownBy(() -> envelope.open(Samples.configMap("token"), sealed))
                .hasMessageContaining("cannot encrypt or decrypt");
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
