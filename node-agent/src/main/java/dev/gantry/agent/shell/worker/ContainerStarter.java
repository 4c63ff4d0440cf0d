package dev.gantry.agent.shell.worker;

import dev.gantry.agent.container.ContainerConfigs;
import dev.gantry.agent.container.Environment;
import dev.gantry.agent.container.EnvironmentFile;
import dev.gantry.agent.container.HostsFile;
import dev.gantry.agent.container.Security;
import dev.gantry.agent.container.ServiceLinks;
import dev.gantry.agent.edge.EdgeFault;
import dev.gantry.agent.edge.PodEvent;
import dev.gantry.agent.pod.PodAction;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFeatures.HandlerFeatures;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.EnvironmentVariable;
import dev.gantry.agent.runtime.container.Mount;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.shell.command.CommandFault;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.agent.shell.volume.VolumeFault;
import dev.gantry.agent.spec.ContainerSpec;
import dev.gantry.agent.spec.NodeFacts;
import dev.gantry.agent.spec.PodSpec;
import dev.gantry.agent.spec.WantedImage;
import dev.gantry.agent.volume.VolumeSpec;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;

/** One try to start one container, from its image to its postStart hook. */
final class ContainerStarter {
    /** Compat: a hook has no limit of its own; this one keeps a thread from waiting for ever. */
    private static final Duration HOOK_LIMIT = Duration.ofMinutes(10);

    private final NodeParts parts;
    private final SandboxStarter sandboxes;
    private final ImageSource images;
    private final Hooks hooks;

    /**
     * @param pulled hears how long an image of the pod was pulled
     */
    ContainerStarter(NodeParts parts, SandboxStarter sandboxes, Consumer<Duration> pulled) {
        this.parts = parts;
        this.sandboxes = sandboxes;
        this.images = new ImageSource(parts, pulled);
        this.hooks = new Hooks(parts.prober());
    }

    /** Returns the id of the container, which runs and whose hook is done. */
    String start(
            PodSpec pod, PodSandbox sandbox, PodAction.Start wanted, StartCancellation cancellation)
            throws StartFailure {
        ContainerSpec spec = wanted.container();
        Image image = cancellable(cancellation, () -> images.image(pod, WantedImage.of(spec)));
        Optional<String> rootProblem = Security.rootProblem(pod, spec, image);
        if (rootProblem.isPresent()) {
            throw new StartFailure("CreateContainerConfigError", rootProblem.get());
        }
        if (!spec.target().isEmpty() && wanted.target().isEmpty()) {
            throw new StartFailure(
                    "CreateContainerConfigError",
                    "unable to find target container \"%s\"".formatted(spec.target()));
        }
        cancellable(cancellation, () -> mountImages(pod, spec));
        ContainerConfig config = config(pod, sandbox, wanted, image);
        String id = create(pod, sandbox, config);
        parts.record(PodEvent.normal(pod, spec, "Created", "Container created"));
        startMade(pod, spec, id);
        parts.record(PodEvent.normal(pod, spec, "Started", "Container started"));
        if (spec.hook("postStart").isObject()) {
            cancellable(cancellation, () -> runPostStart(pod, sandbox, spec, id));
        }
        return id;
    }

    /** The volumes that this container shows and that are images; returns how many there are. */
    private int mountImages(PodSpec pod, ContainerSpec spec) throws StartFailure {
        Set<String> shown = new HashSet<>();
        spec.tree().path("volumeMounts").forEach(each -> shown.add(Resource.text(each, "name")));
        int mounted = 0;
        for (VolumeSpec each : VolumeSpec.of(pod.spec())) {
            if (each.type() == VolumeSpec.Type.IMAGE && shown.contains(each.name())) {
                Image image = images.image(pod, WantedImage.ofVolume(each.source()));
                try {
                    Path target = parts.storage().volumes().path(pod, each);
                    parts.storage().images().mount(image.id(), target);
                } catch (CommandFault | IOException fault) {
                    throw new StartFailure(
                            "CreateContainerError",
                            "image volume \"%s\": %s".formatted(each.name(), fault.getMessage()));
                }
                mounted++;
            }
        }
        return mounted;
    }

    /** What may be broken off when the pod ends. */
    private interface Wait<T> {
        T run() throws StartFailure;
    }

    private static <T> T cancellable(StartCancellation cancellation, Wait<T> wait)
            throws StartFailure {
        cancellation.enter();
        try {
            return wait.run();
        } finally {
            cancellation.leave();
        }
    }

    private ContainerConfig config(
            PodSpec pod, PodSandbox sandbox, PodAction.Start wanted, Image image)
            throws StartFailure {
        ContainerSpec spec = wanted.container();
        NodeFacts facts = parts.node().facts();
        List<String> ips = parts.ips(pod, Optional.of(sandbox));
        try {
            var environment =
                    new Environment(pod, facts, ips, sources(pod, spec), files(pod, spec));
            boolean linked = pod.spec().path("enableServiceLinks").asBoolean(true);
            SortedMap<String, String> links =
                    ServiceLinks.variables(
                            parts.cluster().objects().services(), pod.namespace(), linked);
            Environment.Outcome outcome = environment.of(spec, links);
            if (outcome.problem().isPresent()) {
                throw new StartFailure("CreateContainerConfigError", outcome.problem().get());
            }
            writeHosts(pod, facts, ips);
            HandlerFeatures handler = parts.node().features().get().of(sandbox.handler());
            List<Mount> mounts = mounts(pod, wanted, outcome.variables(), handler);
            var prepared =
                    new ContainerConfigs.Prepared(
                            image.id(),
                            outcome.variables(),
                            mounts,
                            wanted.target(),
                            parts.storage().userIds().of(pod),
                            parts.node().memoryBytes(),
                            parts.node().security());
            return ContainerConfigs.of(pod, spec, wanted.attempt(), prepared);
        } catch (EdgeFault | VolumeFault | IOException fault) {
            throw new StartFailure(
                    "CreateContainerConfigError", String.valueOf(fault.getMessage()));
        }
    }

    private Map<ObjectKey, Resource> sources(PodSpec pod, ContainerSpec spec) {
        Map<ObjectKey, Resource> found = new HashMap<>();
        for (ObjectKey each : Environment.references(spec, pod.namespace())) {
            parts.cluster().objects().get(each).ifPresent(object -> found.put(each, object));
        }
        return found;
    }

    private Map<EnvironmentFile.Place, String> files(PodSpec pod, ContainerSpec spec)
            throws IOException {
        Map<EnvironmentFile.Place, String> found = new HashMap<>();
        for (EnvironmentFile.Place each : Environment.files(spec)) {
            Optional<String> text = parts.storage().mounts().text(pod, each);
            text.ifPresent(read -> found.put(each, read));
        }
        return found;
    }

    private void writeHosts(PodSpec pod, NodeFacts facts, List<String> ips) throws IOException {
        Path file = parts.storage().folders().hosts(pod);
        Files.createDirectories(file.getParent());
        Path ofNode = Path.of("/etc/hosts");
        String own = pod.isOnHostNetwork() && Files.exists(ofNode) ? Files.readString(ofNode) : "";
        Files.writeString(file, HostsFile.of(pod, facts, ips, own));
    }

    private List<Mount> mounts(
            PodSpec pod,
            PodAction.Start wanted,
            List<EnvironmentVariable> variables,
            HandlerFeatures handler)
            throws IOException {
        SortedMap<String, String> byName = EnvironmentVariable.byName(variables);
        List<Mount> all =
                new ArrayList<>(
                        parts.storage().mounts().of(pod, wanted.container(), byName, handler));
        parts.storage().mounts().hosts(pod, all).ifPresent(all::add);
        all.add(parts.storage().mounts().terminationLog(pod, wanted.container(), wanted.attempt()));
        return all;
    }

    private String create(PodSpec pod, PodSandbox sandbox, ContainerConfig config)
            throws StartFailure {
        try {
            Files.createDirectories(parts.storage().folders().logs(pod).resolve(config.name()));
            SandboxConfig of = sandboxes.config(pod, sandbox.name().attempt());
            return parts.runtime().createContainer(sandbox.id(), config, of);
        } catch (RuntimeFault fault) {
            throw new StartFailure("CreateContainerError", fault.said());
        } catch (IOException fault) {
            throw new StartFailure("CreateContainerError", String.valueOf(fault.getMessage()));
        }
    }

    private void startMade(PodSpec pod, ContainerSpec spec, String id) throws StartFailure {
        try {
            parts.runtime().startContainer(id);
        } catch (RuntimeFault fault) {
            throw new StartFailure("RunContainerError", fault.said());
        }
    }

    /** Returns how the hook ended: well. */
    private ProbeOutcome runPostStart(
            PodSpec pod, PodSandbox sandbox, ContainerSpec spec, String id) throws StartFailure {
        List<String> ips = parts.ips(pod, Optional.of(sandbox));
        var target = new Target(spec, id, ips.isEmpty() ? "" : ips.getFirst());
        ProbeOutcome outcome = hooks.run(spec.hook("postStart"), target, HOOK_LIMIT);
        if (!outcome.isGood()) {
            parts.record(
                    PodEvent.warning(pod, spec, "FailedPostStartHook", "PostStartHook failed"));
            parts.runtime().stopContainer(id, pod.grace());
            throw new StartFailure(
                    "PostStartHookError", "PostStartHook failed: " + outcome.words());
        }
        return outcome;
    }
}
