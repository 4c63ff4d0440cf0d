package dev.gantry.state.shell.store;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.model.message.Topics;
import dev.gantry.state.kind.BuiltinKinds;
import dev.gantry.state.log.CommitOutcome;
import dev.gantry.state.log.Samples;
import dev.gantry.state.secret.EncryptionConfiguration;
import dev.gantry.testkit.Patience;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A store in a process of its own that writes until it is killed, and says what was acknowledged.
 */
public final class WriterProcess {
    private static final int WRITERS = 8;

    private WriterProcess() {}

    /**
     * Arguments: JDBC URL, user, Kafka servers, topic prefix, folder, a name for what is written.
     */
    public static void main(String[] args) throws Exception {
        DataSource database = new DriverManagerDataSource(args[0], args[1], "");
        var kafka = new KafkaSettings(Map.of("bootstrap.servers", args[2]), new Topics(args[3]));
        var store =
                new StateStore(
                        database,
                        kafka,
                        BuiltinKinds.CATALOG,
                        StoreSettings.of(
                                Path.of(args[4], "data.key"),
                                EncryptionConfiguration.NONE,
                                "writer"));
        store.start();
        store.awaitReady(Patience.LIMIT);
        var number = new AtomicInteger();
        for (int i = 0; i < WRITERS; i++) {
            Thread.ofVirtual().start(() -> write(store, args[5], number));
        }
        new CountDownLatch(1).await();
    }

    private static void write(StateStore store, String prefix, AtomicInteger number) {
        try {
            while (true) {
                String name = prefix + number.incrementAndGet();
                var outcome = store.log().commit(List.of(Samples.createConfigMap(name, "1")));
                if (outcome instanceof CommitOutcome.Committed(var objects)) {
                    System.out.println("ack " + name + " " + objects.getFirst().revision());
                }
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
