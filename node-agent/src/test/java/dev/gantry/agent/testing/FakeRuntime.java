package dev.gantry.agent.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.gantry.agent.runtime.CgroupDriver;
import dev.gantry.agent.runtime.ContainerRuntime;
import dev.gantry.agent.runtime.ExecResult;
import dev.gantry.agent.runtime.Image;
import dev.gantry.agent.runtime.ImageFilesystem;
import dev.gantry.agent.runtime.RegistryCredentials;
import dev.gantry.agent.runtime.RuntimeFault;
import dev.gantry.agent.runtime.RuntimeFault.Kind;
import dev.gantry.agent.runtime.RuntimeFeatures;
import dev.gantry.agent.runtime.RuntimeHealth;
import dev.gantry.agent.runtime.RuntimeStatus;
import dev.gantry.agent.runtime.RuntimeVersion;
import dev.gantry.agent.runtime.StreamOptions;
import dev.gantry.agent.runtime.container.ContainerConfig;
import dev.gantry.agent.runtime.container.ContainerEntry;
import dev.gantry.agent.runtime.container.ContainerEvent;
import dev.gantry.agent.runtime.container.ContainerStats;
import dev.gantry.agent.runtime.container.ContainerStatus;
import dev.gantry.agent.runtime.container.LinuxResources;
import dev.gantry.agent.runtime.container.RuntimeLabels;
import dev.gantry.agent.runtime.sandbox.PodSandbox;
import dev.gantry.agent.runtime.sandbox.SandboxConfig;
import dev.gantry.agent.runtime.sandbox.SandboxStats;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * A container runtime in memory, for tests that want faults at will. It runs {@code sleep} until it
 * is stopped, and of a shell script what it says of {@code echo} and {@code exit}.
 */
public final class FakeRuntime implements ContainerRuntime {
    private final Map<String, PodSandbox> sandboxes = new LinkedHashMap<>();
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private final BlockingQueue<ContainerEvent> events = new LinkedBlockingQueue<>();
    private final Map<String, String> handlers = new LinkedHashMap<>();
    private final Map<String, SandboxConfig> made = new LinkedHashMap<>();
    private final Set<String> stubborn = new HashSet<>();
    private final FakeImages images = new FakeImages();
    private int next;
    private int failures;
    private String bug = "";
    private boolean isAway;
    private int unanswered;
    private boolean losesEvents;
    private boolean isRegistryHanging;
    private boolean isAsleep;
    private RuntimeFeatures features = RuntimeFeatures.NONE;
    private Optional<CgroupDriver> driver = Optional.empty();

    /** The next such call meets a bug, as {@code "run sandbox"}. */
    public synchronized void meetBugAt(String what) {
        bug = what;
    }

    /** The next so many calls that change something fail. */
    public synchronized void failNext(int calls) {
        failures = calls;
    }

    public synchronized void goAway() {
        isAway = true;
    }

    public synchronized void comeBack() {
        isAway = false;
    }

    /** How many calls there were while it was away. */
    public synchronized int unanswered() {
        return unanswered;
    }

    /** From now on it says that it can do these things. */
    public synchronized void can(RuntimeFeatures more) {
        features = more;
    }

    /** From now on it says who makes its cgroups. */
    public synchronized void leavesCgroupsTo(CgroupDriver maker) {
        driver = Optional.of(maker);
    }

    /** From now on it does not say how it is, until it wakes up. */
    public synchronized void fallAsleep() {
        isAsleep = true;
    }

    public synchronized void wakeUp() {
        isAsleep = false;
        notifyAll();
    }

    /** From now on pulls take until they are broken off. */
    public synchronized void hangPulls() {
        isRegistryHanging = true;
    }

    /** As which a pod's last sandbox was made. */
    public synchronized Optional<SandboxConfig> madeAs(String podUid) {
        return Optional.ofNullable(made.get(podUid));
    }

    public synchronized void loseEvents() {
        losesEvents = true;
    }

    /** The main process of a container dies. */
    public synchronized void crash(String id, int exitCode) {
        exit(id, exitCode);
    }

    /** By which handler a pod's last sandbox was made. */
    public synchronized String handler(String podUid) {
        return handlers.getOrDefault(podUid, "");
    }

    /** Containers of the pod go on when they are told to stop, until there is no grace left. */
    public synchronized void letLinger(String podUid) {
        stubborn.add(podUid);
    }

    @Override
    public synchronized RuntimeVersion version() {
        answer("version");
        return new RuntimeVersion("containerd", "fake");
    }

    @Override
    public synchronized RuntimeStatus status() {
        if (isAway) {
            throw fault(Kind.UNREACHABLE, "status", "away");
        }
        awaitWaking();
        return new RuntimeStatus(RuntimeHealth.GOOD, features);
    }

    @Override
    public synchronized Optional<CgroupDriver> cgroupDriver() {
        answer("runtime config");
        return driver;
    }

    @Override
    public synchronized List<PodSandbox> sandboxes() {
        answer("list sandboxes");
        return List.copyOf(sandboxes.values());
    }

    @Override
    public synchronized List<PodSandbox> sandboxesOf(String podUid) {
        return sandboxes().stream()
                .filter(each -> each.podUid().equals(podUid))
                .sorted(Comparator.comparing(PodSandbox::createdAt).reversed())
                .toList();
    }

    @Override
    public synchronized Optional<PodSandbox> sandbox(String id) {
        answer("sandbox");
        return Optional.ofNullable(sandboxes.get(id));
    }

    @Override
    public synchronized String runSandbox(SandboxConfig config, String handler) {
        change("run sandbox");
        String id = "sandbox-" + next++;
        handlers.put(config.name().uid(), handler);
        made.put(config.name().uid(), config);
        List<String> ips = List.of("10.99.0." + next, "fd00:99::" + next);
        sandboxes.put(
                id,
                new PodSandbox(
                        id,
                        config.name(),
                        true,
                        Instant.now(),
                        ips,
                        handler,
                        config.labels(),
                        config.annotations()));
        return id;
    }

    @Override
    public synchronized void stopSandbox(String id) {
        change("stop sandbox");
        List.copyOf(containers.values()).stream()
                .filter(each -> each.sandbox().equals(id) && each.status().isRunning())
                .forEach(each -> exit(each.status().id(), 137));
        sandboxes.computeIfPresent(
                id,
                (_, old) ->
                        new PodSandbox(
                                id,
                                old.name(),
                                false,
                                old.createdAt(),
                                List.of(),
                                old.handler(),
                                old.labels(),
                                old.annotations()));
    }

    @Override
    public synchronized void removeSandbox(String id) {
        stopSandbox(id);
        containers.values().removeIf(each -> each.sandbox().equals(id));
        sandboxes.remove(id);
    }

    @Override
    public synchronized List<ContainerEntry> containers() {
        answer("list containers");
        return containers.values().stream().map(FakeContainer::entry).toList();
    }

    @Override
    public synchronized List<ContainerEntry> containersOf(String podUid) {
        return containers().stream().filter(each -> each.podUid().equals(podUid)).toList();
    }

    @Override
    public synchronized Optional<ContainerStatus> container(String id) {
        answer("container");
        return Optional.ofNullable(containers.get(id)).map(FakeContainer::status);
    }

    @Override
    public synchronized String createContainer(
            String sandboxId, ContainerConfig config, SandboxConfig sandbox) {
        change("create container");
        String id = "container-" + next++;
        Path log = Path.of(sandbox.logDirectory(), config.logPath());
        containers.put(id, FakeContainer.created(id, sandboxId, config, log));
        return id;
    }

    @Override
    public synchronized void startContainer(String id) {
        change("start container");
        FakeContainer made = made(id);
        containers.put(id, made.started());
        tell(id, ContainerEvent.Type.STARTED);
        List<String> command = made.config().process().command();
        if (!command.isEmpty() && command.getFirst().equals("sh")) {
            var script = new ShellScript(command.getLast());
            made.log(script.output());
            exit(id, script.exitCode());
        }
    }

    @Override
    public synchronized void stopContainer(String id, Duration grace) {
        change("stop container");
        if (containers.containsKey(id)) {
            String pod = made(id).entry().podUid();
            if (grace.isZero()) {
                stubborn.remove(pod);
                notifyAll();
            }
            awaitTheEndOfPatience(pod);
            exit(id, grace.isZero() ? 137 : 143);
        }
    }

    private synchronized void awaitTheEndOfPatience(String pod) {
        try {
            while (stubborn.contains(pod)) {
                wait();
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public synchronized void removeContainer(String id) {
        change("remove container");
        containers.remove(id);
    }

    @Override
    public synchronized void updateResources(String id, LinuxResources resources) {
        change("update resources");
        containers.put(id, made(id).with(resources));
    }

    @Override
    public synchronized void reopenLog(String id) {
        answer("reopen log");
    }

    @Override
    public synchronized ExecResult exec(String id, List<String> command, Duration limit) {
        answer("exec");
        made(id);
        boolean isSlow =
                command.getFirst().equals("sleep")
                        && Integer.parseInt(command.getLast()) > limit.toSeconds();
        if (isSlow) {
            throw fault(Kind.DEADLINE, "exec", "timed out");
        }
        var script = new ShellScript(command.getLast());
        return new ExecResult(script.exitCode(), script.output().getBytes(UTF_8), new byte[0]);
    }

    @Override
    public String execUrl(String id, List<String> command, StreamOptions options) {
        return "http://127.0.0.1/exec/" + id;
    }

    @Override
    public String attachUrl(String id, StreamOptions options) {
        return "http://127.0.0.1/attach/" + id;
    }

    @Override
    public String portForwardUrl(String sandboxId, List<Integer> ports) {
        return "http://127.0.0.1/portforward/" + sandboxId;
    }

    @Override
    public synchronized List<Image> images() {
        answer("images");
        return images.all();
    }

    /** A registry has this image for a user of that name. */
    public synchronized void offer(String image, String user) {
        images.offer(image, user);
    }

    /** How often an image was pulled. */
    public synchronized int pulls() {
        return images.pulls();
    }

    @Override
    public synchronized Optional<Image> image(String name) {
        return images().stream()
                .filter(each -> each.tags().contains(name) || each.id().equals(name))
                .findFirst();
    }

    @Override
    public synchronized String pullImage(String name, Optional<RegistryCredentials> credentials) {
        awaitTheRegistry();
        String user = credentials.map(RegistryCredentials::user).orElse("");
        return images.pull(name, user)
                .orElseThrow(() -> fault(Kind.OTHER, "pull", "there is no such image for " + user));
    }

    private void awaitWaking() {
        try {
            while (isAsleep) {
                wait();
            }
        } catch (InterruptedException cancelled) {
            throw fault(Kind.OTHER, "status", "cancelled");
        }
    }

    private void awaitTheRegistry() {
        try {
            while (isRegistryHanging) {
                wait();
            }
        } catch (InterruptedException cancelled) {
            throw fault(Kind.OTHER, "pull", "cancelled");
        }
    }

    @Override
    public synchronized void removeImage(String id) {
        change("remove image");
    }

    @Override
    public ImageFilesystem imageFilesystem() {
        return new ImageFilesystem("/", 0, 0);
    }

    @Override
    public List<ContainerStats> containerStats() {
        return List.of();
    }

    @Override
    public List<SandboxStats> sandboxStats() {
        return List.of();
    }

    @Override
    public void followEvents(Consumer<ContainerEvent> listener) throws InterruptedException {
        while (true) {
            listener.accept(events.take());
        }
    }

    private void answer(String what) {
        if (isAway) {
            unanswered++;
            throw fault(Kind.UNREACHABLE, what, "away");
        }
    }

    private void change(String what) {
        answer(what);
        if (bug.equals(what)) {
            bug = "";
            throw new IllegalStateException("a bug, by will");
        }
        if (failures > 0) {
            failures--;
            throw fault(Kind.OTHER, what, "by will");
        }
    }

    private FakeContainer made(String id) {
        FakeContainer found = containers.get(id);
        if (found == null) {
            throw fault(Kind.MISSING, "container " + id, "not found");
        }
        return found;
    }

    private void exit(String id, int code) {
        FakeContainer made = made(id);
        if (!made.status().isRunning()) {
            return;
        }
        containers.put(id, made.ended(code));
        tell(id, ContainerEvent.Type.STOPPED);
    }

    private void tell(String id, ContainerEvent.Type type) {
        if (!losesEvents) {
            String uid = made(id).config().labels().getOrDefault(RuntimeLabels.POD_UID, "");
            events.add(new ContainerEvent(id, type, uid));
        }
    }

    private static RuntimeFault fault(Kind kind, String what, String said) {
        return new RuntimeFault(kind, what, said, new IllegalStateException(said));
    }
}
