package dev.gantry.agent.shell.probe;

import static dev.gantry.testkit.Patience.await;

import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.runtime.container.ContainerConfig.Terminal;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.ContainerSpec.Role;
import dev.gantry.agent.testing.Busybox;
import dev.gantry.agent.testing.FakeRuntime;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class PodProbesTest {
    private static final ContainerSpec PROBED =
            new ContainerSpec(
                    JsonMapper.shared()
                            .readTree(
                                    "{\"name\": \"main\", \"readinessProbe\": {\"periodSeconds\": 1, \"exec\": {\"command\": [\"sh\", \"-c\", \"exit 1\"]}}}"),
                    Role.MAIN);

    @TempDir Path folder;

    private volatile Duration setBack = Duration.ZERO;

    @Test
    void goOnWhenTheClockIsSetBack() {
        var runtime = new FakeRuntime();
        var failed = new AtomicInteger();
        try (var probes = new PodProbes(new Prober(runtime), this::now, counting(failed))) {
            var target = new Target(PROBED, running(runtime), "");
            probes.keep(List.of(new PodProbes.Candidate(target, now(), false, false, false)));
            await().until(() -> failed.get() > 0);
            setBack = Duration.ofHours(1);
            int before = failed.get();
            await().until(() -> failed.get() > before + 1);
        }
    }

    private Instant now() {
        return Instant.now().minus(setBack);
    }

    private String running(FakeRuntime runtime) {
        var busybox = new Busybox("web", folder, "/none");
        String sandbox = runtime.runSandbox(busybox.sandbox(), "");
        String id =
                runtime.createContainer(
                        sandbox,
                        busybox.container("main", Terminal.NONE, List.of("sleep", "1000")),
                        busybox.sandbox());
        runtime.startContainer(id);
        return id;
    }

    private static PodProbes.Listener counting(AtomicInteger failed) {
        return new PodProbes.Listener() {
            @Override
            public void onVerdict() {}

            @Override
            public void onRemarkable(Target target, ProbeKind kind, ProbeOutcome outcome) {
                failed.incrementAndGet();
            }
        };
    }
}
