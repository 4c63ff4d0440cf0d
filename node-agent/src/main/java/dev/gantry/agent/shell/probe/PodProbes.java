package dev.gantry.agent.shell.probe;

import dev.gantry.agent.probe.ProbeKind;
import dev.gantry.agent.probe.ProbeOutcome;
import dev.gantry.agent.probe.ProbeSettings;
import dev.gantry.agent.probe.ProbeState;
import dev.gantry.agent.probe.ProbeState.Verdict;
import dev.gantry.agent.probe.ProbeVerdict;
import dev.gantry.agent.shell.probe.Prober.Target;
import dev.gantry.model.fault.Bug;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;

/**
 * The probes of one pod's running containers, each on a virtual thread of its own that sleeps
 * between questions.
 */
public final class PodProbes implements AutoCloseable {
    private final Prober prober;
    private final InstantSource clock;
    private final Listener listener;
    private final Map<String, Running> running = new HashMap<>();

    /** Hears of answers, those that are worth an event, and every verdict that changed. */
    public interface Listener {
        default void onOutcome(Target target, ProbeKind kind, ProbeOutcome outcome) {}

        void onVerdict();

        void onRemarkable(Target target, ProbeKind kind, ProbeOutcome outcome);
    }

    /**
     * A container to be probed.
     *
     * @param wasStarted what was reported of it before this agent began
     * @param isEnding whether it was told to stop: then only its readiness is of interest
     */
    public record Candidate(
            Target target,
            Instant startedAt,
            boolean wasStarted,
            boolean wasReady,
            boolean isEnding) {}

    public PodProbes(Prober prober, InstantSource clock, Listener listener) {
        this.prober = prober;
        this.clock = clock;
        this.listener = listener;
    }

    /** Probes exactly these from now on. */
    public synchronized void keep(List<Candidate> candidates) {
        Set<String> wanted = new HashSet<>();
        for (Candidate each : candidates) {
            String id = each.target().containerId();
            wanted.add(id);
            keep(each);
        }
        List<String> gone = running.keySet().stream().filter(id -> !wanted.contains(id)).toList();
        gone.forEach(this::end);
    }

    /**
     * Compat: a container that was told to stop may still serve, so its readiness is probed until
     * it is gone. It is not restarted any more, so its other probes end.
     */
    private void keep(Candidate candidate) {
        String id = candidate.target().containerId();
        Running known = running.get(id);
        if (known != null && known.isEnding && !candidate.isEnding()) {
            end(id);
            known = null;
        }
        if (known == null) {
            known = begin(candidate);
            running.put(id, known);
        }
        if (candidate.isEnding()) {
            known.onlyReadiness();
        }
    }

    /** By container id, for those that are probed. */
    public synchronized SortedMap<String, ProbeVerdict> verdicts() {
        SortedMap<String, ProbeVerdict> found = new TreeMap<>();
        running.forEach((id, each) -> found.put(id, each.verdict()));
        return found;
    }

    @Override
    public synchronized void close() {
        List.copyOf(running.keySet()).forEach(this::end);
    }

    private void end(String id) {
        Running ended = running.remove(id);
        if (ended != null) {
            ended.threads.values().forEach(Thread::interrupt);
        }
    }

    private Running begin(Candidate candidate) {
        var made = new Running();
        var container = candidate.target().container();
        for (ProbeKind kind : ProbeKind.values()) {
            if (!container.hasProbe(kind.field())) {
                continue;
            }
            ProbeSettings settings = ProbeSettings.of(container.probe(kind.field()));
            made.states.put(kind, first(kind, settings, candidate));
            String name = "probe-" + container.name() + "-" + kind.title();
            made.threads.put(
                    kind,
                    Thread.ofVirtual()
                            .name(name)
                            .unstarted(() -> run(made, candidate.target(), kind, settings)));
        }
        made.threads.values().forEach(Thread::start);
        return made;
    }

    /** What was known before the agent began goes on: its restart makes no pod unready. */
    private static ProbeState first(ProbeKind kind, ProbeSettings settings, Candidate candidate) {
        ProbeState usual = ProbeState.start(kind, settings, candidate.startedAt());
        boolean isKnownGood =
                kind == ProbeKind.STARTUP && candidate.wasStarted()
                        || kind == ProbeKind.READINESS && candidate.wasReady();
        return isKnownGood
                ? new ProbeState(kind, Verdict.GOOD, false, 0, usual.nextAt(), false, "")
                : usual;
    }

    private void run(Running container, Target target, ProbeKind kind, ProbeSettings settings) {
        while (!Thread.currentThread().isInterrupted()) {
            ProbeState state = container.state(kind);
            boolean isFinished =
                    state.isHeld() || kind == ProbeKind.STARTUP && state.verdict() == Verdict.GOOD;
            if (isFinished) {
                return;
            }
            if (kind != ProbeKind.STARTUP && !container.verdict().hasStarted()) {
                container.awaitStart();
                continue;
            }
            if (!sleepUntil(state.nextAt(), settings.longestWait())) {
                return;
            }
            step(container, target, kind, settings);
        }
    }

    private void step(Running container, Target target, ProbeKind kind, ProbeSettings settings) {
        ProbeOutcome outcome = prober.ask(settings.action(), target, settings.timeout());
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        ProbeState before = container.state(kind);
        ProbeState after = before.after(outcome, settings, clock.instant());
        container.become(after);
        listener.onOutcome(target, kind, outcome);
        if (!outcome.isGood() || outcome.isDoubtful()) {
            listener.onRemarkable(target, kind, outcome);
        }
        if (after.verdict() != before.verdict()) {
            listener.onVerdict();
        }
    }

    /**
     * By a clock that nobody sets, and no longer than the probe ever waits: clocks are set back.
     */
    private boolean sleepUntil(Instant when, Duration longest) {
        Duration left = Duration.between(clock.instant(), when);
        Duration wait = left.compareTo(longest) < 0 ? left : longest;
        long end = System.nanoTime() + wait.toNanos();
        while (!Thread.currentThread().isInterrupted()) {
            long nanos = end - System.nanoTime();
            if (nanos <= 0) {
                return true;
            }
            LockSupport.parkNanos(nanos);
        }
        return false;
    }

    /** One container's probes while it runs. */
    private static final class Running {
        private final Map<ProbeKind, ProbeState> states = new EnumMap<>(ProbeKind.class);
        private final Map<ProbeKind, Thread> threads = new EnumMap<>(ProbeKind.class);
        private boolean isEnding;

        void onlyReadiness() {
            isEnding = true;
            for (ProbeKind each : List.of(ProbeKind.STARTUP, ProbeKind.LIVENESS)) {
                Thread probing = threads.remove(each);
                if (probing != null) {
                    probing.interrupt();
                }
            }
        }

        synchronized ProbeState state(ProbeKind kind) {
            ProbeState found = states.get(kind);
            if (found == null) {
                throw new Bug("no state of a " + kind + " probe that runs");
            }
            return found;
        }

        synchronized void become(ProbeState state) {
            states.put(state.kind(), state);
            if (state.kind() == ProbeKind.STARTUP && state.verdict() == Verdict.GOOD) {
                notifyAll();
            }
        }

        synchronized void awaitStart() {
            try {
                while (!verdict().hasStarted()) {
                    wait();
                }
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        synchronized ProbeVerdict verdict() {
            ProbeState startup = states.get(ProbeKind.STARTUP);
            ProbeState readiness = states.get(ProbeKind.READINESS);
            boolean hasStarted = startup == null || startup.verdict() == Verdict.GOOD;
            boolean isReady = readiness == null || readiness.verdict() == Verdict.GOOD;
            return new ProbeVerdict(hasStarted, hasStarted && isReady, failed());
        }

        private Optional<ProbeKind> failed() {
            for (ProbeKind kind : List.of(ProbeKind.STARTUP, ProbeKind.LIVENESS)) {
                ProbeState state = states.get(kind);
                if (state != null && state.verdict() == Verdict.BAD) {
                    return Optional.of(kind);
                }
            }
            return Optional.empty();
        }
    }
}
