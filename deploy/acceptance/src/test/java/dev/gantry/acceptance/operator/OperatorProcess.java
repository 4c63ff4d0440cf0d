package dev.gantry.acceptance.operator;

import dev.gantry.acceptance.Cluster;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** One of an operator's replicas, in a process of its own. */
record OperatorProcess(String identity, Process process) implements AutoCloseable {
    /** Its output is in {@code target/operator-IDENTITY.log}. */
    static OperatorProcess start(
            Class<?> main, Cluster cluster, String namespace, String identity, Duration lease) {
        var builder =
                new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx128m",
                                "-Dlogback.configurationFile=gantry-logback.xml",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName(),
                                namespace,
                                identity));
        builder.environment().put("KUBECONFIG", cluster.kubeconfig().toString());
        builder.environment().put(Lease.VARIABLE, Long.toString(lease.toSeconds()));
        Path log = Path.of("target", "operator-" + identity + ".log");
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return new OperatorProcess(identity, builder.start());
        } catch (IOException fault) {
            throw new IllegalStateException("cannot start " + main, fault);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
