package dev.gantry.local.control;

import dev.gantry.client.shell.start.Startup;
import dev.gantry.controller.shell.ControllerMain;
import dev.gantry.gateway.shell.GatewayMain;
import dev.gantry.model.exchange.ApiBackend;
import dev.gantry.monitoring.shell.MonitoringMain;
import dev.gantry.scheduler.shell.SchedulerMain;
import dev.gantry.state.shell.StateMain;
import dev.gantry.state.shell.StateServer;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All services of the control plane in one JVM. Each is the same application, with the same
 * configuration file, as when it runs alone; the gateway alone gets something extra: the state
 * service's entry, so that a request crosses no socket between the two.
 *
 * <p>A service that cannot start ends them all, and says why in one line.
 *
 * <p>Argument: the folder of the configuration files.
 */
public final class ControlPlaneMain {
    private static final Logger LOG = LoggerFactory.getLogger(ControlPlaneMain.class);
    private static final Duration LOOK = Duration.ofSeconds(15);

    private ControlPlaneMain() {}

    public static void main(String[] arguments) throws Exception {
        long began = System.nanoTime();
        Path folder = Path.of(arguments[0]);
        var served = new CompletableFuture<ApiBackend>();
        ApiBackend backend = call -> served.join().serve(call);
        List<Future<ConfigurableApplicationContext>> starting = new ArrayList<>();
        try (var starters = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            starting.add(start(starters, "state", () -> state(folder, served)));
            starting.add(
                    start(
                            starters,
                            "gateway",
                            () ->
                                    GatewayMain.start(
                                            Optional.of(backend), files(folder, "gateway"))));
            starting.add(
                    start(
                            starters,
                            "scheduler",
                            () -> SchedulerMain.start(files(folder, "scheduler"))));
            starting.add(
                    start(
                            starters,
                            "controller",
                            () -> ControllerMain.start(files(folder, "controller"))));
            starting.add(
                    start(
                            starters,
                            "monitoring",
                            () -> MonitoringMain.start(files(folder, "monitoring"))));
        }
        for (var each : starting) {
            each.get();
        }
        LOG.info("the control plane is up after {} ms", (System.nanoTime() - began) / 1_000_000);
        lookAfter();
    }

    /** For as long as the process lives. */
    private static void lookAfter() throws InterruptedException {
        var carriers = Carriers.ofThisProcess();
        var heap = ManagementFactory.getMemoryMXBean();
        var downsizing = new Downsizing(heap.getHeapMemoryUsage().getInit());
        var never = new CountDownLatch(1);
        while (!never.await(LOOK.toSeconds(), TimeUnit.SECONDS)) {
            Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
            carriers.look(cpu);
            if (downsizing.isDue(heap.getHeapMemoryUsage().getCommitted(), cpu, LOOK)) {
                System.gc();
            }
        }
    }

    private static ConfigurableApplicationContext state(
            Path folder, CompletableFuture<ApiBackend> served) {
        var state = StateMain.start(files(folder, "state"));
        served.complete(state.getBean(StateServer.class).backend());
        return state;
    }

    private static Future<ConfigurableApplicationContext> start(
            ExecutorService starters,
            String name,
            Callable<ConfigurableApplicationContext> service) {
        return starters.submit(() -> Startup.orEnd(name, service));
    }

    /** What the launcher wrote, and above it what the cluster's owner did. */
    private static String files(Path folder, String service) {
        return "--spring.config.additional-location=file:%s,optional:file:%s"
                .formatted(
                        folder.resolve(service + ".properties"),
                        folder.resolveSibling("gantry.properties"));
    }
}
