package dev.gantry.agent.shell.node;

import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import dev.gantry.agent.shell.kafka.NodeReports;
import dev.gantry.agent.shell.log.FailureLog;
import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.message.Usage;
import dev.gantry.model.message.Usage.Consumption;
import dev.gantry.model.message.Usage.ContainerUsage;
import dev.gantry.model.meta.Uid;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports what pods use, as the runtime counts it.
 *
 * <p>The whole is the sum of the pods: several nodes may share one machine.
 */
public final class UsageMeter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(UsageMeter.class);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final String node;
    private final ContainerRuntime runtime;
    private final NodeReports reports;
    private final InstantSource clock;
    private final FailureLog failures = new FailureLog(LOG, "measuring what pods use");
    private final Loop loop = new Loop("usage", this::run);

    public UsageMeter(
            String node, ContainerRuntime runtime, NodeReports reports, InstantSource clock) {
        this.node = node;
        this.runtime = runtime;
        this.reports = reports;
        this.clock = clock;
    }

    public UsageMeter start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        do {
            report();
        } while (loop.pause(ROUND));
    }

    private void report() {
        try {
            reports.use(measured());
            failures.worked();
        } catch (RuntimeFault later) {
            failures.failed(later);
        }
    }

    private Usage measured() {
        List<ContainerUsage> containers = new ArrayList<>();
        for (ContainerStats each : runtime.containerStats()) {
            containers.add(
                    new ContainerUsage(
                            each.podNamespace(),
                            each.podName(),
                            new Uid(each.podUid()),
                            each.name(),
                            new Consumption(
                                    each.cpuNanosTotal(), each.memoryWorkingSetBytes(), 0, 0)));
        }
        long cpu = 0;
        long memory = 0;
        long received = 0;
        long sent = 0;
        for (SandboxStats each : runtime.sandboxStats()) {
            cpu += each.cpuNanosTotal();
            memory += each.memoryWorkingSetBytes();
            received += each.receivedBytes();
            sent += each.sentBytes();
        }
        var whole = new Consumption(cpu, memory, received, sent);
        return new Usage(node, clock.instant(), whole, containers);
    }
}
