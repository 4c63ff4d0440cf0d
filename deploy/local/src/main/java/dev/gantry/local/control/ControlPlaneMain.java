package dev.gantry.local.control;

import dev.gantry.client.shell.kafka.KafkaSettings;
import dev.gantry.controller.shell.ControllerMain;
import dev.gantry.gateway.shell.GatewayMain;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.model.message.Topics;
import dev.gantry.monitoring.shell.MonitoringMain;
import dev.gantry.scheduler.shell.SchedulerMain;
import dev.gantry.state.shell.StateMain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All services of the control plane in one JVM. Each is the same application, with the same
 * configuration file, as when it runs alone; the gateway alone gets something extra: the state
 * service's door, so that a request crosses no socket between the two.
 *
 * <p>Arguments: the folder of the configuration files, and the users of the nodes' agents.
 */
public final class ControlPlaneMain {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneMain.class);

    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws Exception {
        long began = System.nanoTime();
        Path folder = Path.of(arguments[0]);
        var door = new CompletableFuture<ApiBackend>();
        ApiBackend backend = call -> door.join().serve(call);
        List<Future<ConfigurableApplicationContext>> starting = new ArrayList<>();
        try (var starters = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            starting.add(
                    start(
                            starters,
                            () -> {
                                var state = StateMain.start(file(folder, "state"));
                                door.complete(state.getBean(ApiBackend.class));
                                return state;
                            }));
            starting.add(
                    start(
                            starters,
                            () ->
                                    GatewayMain.start(
                                            Optional.of(backend), file(folder, "gateway"))));
            starting.add(start(starters, () -> SchedulerMain.start(file(folder, "scheduler"))));
            starting.add(start(starters, () -> ControllerMain.start(file(folder, "controller"))));
            starting.add(start(starters, () -> MonitoringMain.start(file(folder, "monitoring"))));
        }
        awaitAll(starting);
        if (arguments.length > 1 && !arguments[1].isEmpty()) {
            new NodeAccess(kafka(folder)).grant(List.of(arguments[1].split(",")));
        }
        LOG.info("the control plane is up after {} ms", (System.nanoTime() - began) / 1_000_000);
        Thread.currentThread().join();
    }

    private static Future<ConfigurableApplicationContext> start(
            java.util.concurrent.ExecutorService starters,
            Callable<ConfigurableApplicationContext> service) {
        return starters.submit(
                () -> {
                    try {
                        return service.call();
                    } catch (Throwable failed) {
                        LOG.error("a service did not start: halting", failed);
                        Runtime.getRuntime().halt(1);
                        throw failed;
                    }
                });
    }

    private static void awaitAll(List<Future<ConfigurableApplicationContext>> starting)
            throws InterruptedException, ExecutionException {
        for (Future<ConfigurableApplicationContext> each : starting) {
            each.get();
        }
    }

    private static String file(Path folder, String service) {
        return "--spring.config.additional-location=file:"
                + folder.resolve(service + ".properties");
    }

    private static KafkaSettings kafka(Path folder) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve("state.properties"))) {
            properties.load(in);
        }
        Map<String, String> client = new HashMap<>();
        String prefix = "gantry.kafka.properties[";
        properties.forEach(
                (key, value) -> {
                    String name = key.toString();
                    if (name.startsWith(prefix)) {
                        client.put(
                                name.substring(prefix.length(), name.length() - 1),
                                value.toString());
                    }
                });
        return new KafkaSettings(client, new Topics(Topics.DEFAULT_PREFIX));
    }
}
