package dev.gantry.gateway.shell.audit;

import dev.gantry.gateway.audit.AuditDecision;
import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.audit.AuditEvent.Asked;
import dev.gantry.gateway.audit.AuditEvent.Outcome;
import dev.gantry.gateway.audit.AuditLevel;
import dev.gantry.gateway.audit.AuditPolicy;
import dev.gantry.gateway.audit.AuditStage;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes down what the policy of the moment wants. Without a policy that is one entry for each
 * request, when it is answered, without bodies.
 */
public final class AuditTrail implements AutoCloseable {
    private static final AuditDecision WITHOUT_POLICY =
            new AuditDecision(AuditLevel.METADATA, Set.of(), false);

    private final List<BufferedBackend> backends;
    private final Optional<Supplier<AuditPolicy>> policy;
    private final AuditCounts counts;
    private final Clock clock;

    private AuditTrail(
            List<BufferedBackend> backends,
            Optional<Supplier<AuditPolicy>> policy,
            AuditCounts counts,
            Clock clock) {
        this.backends = backends;
        this.policy = policy;
        this.counts = counts;
        this.clock = clock;
    }

    /** Empty where nobody wants to know. Throws BadSetting where a backend cannot be. */
    public static Optional<AuditTrail> open(
            AuditSettings settings,
            Optional<Supplier<AuditPolicy>> policy,
            AuditCounts counts,
            Clock clock) {
        List<BufferedBackend> backends = settings.backends(counts);
        backends.forEach(BufferedBackend::start);
        return backends.isEmpty()
                ? Optional.empty()
                : Optional.of(new AuditTrail(backends, policy, counts, clock));
    }

    @Override
    public void close() {
        backends.forEach(BufferedBackend::close);
    }

    public boolean hasPolicy() {
        return policy.isPresent();
    }

    /** Who asks is known, and nothing else. */
    public void received(Asked asked) {
        policy.ifPresent(current -> counts.addRequest(judge(current, asked).level()));
        judged(asked, AuditStage.REQUEST_RECEIVED, Outcome.NONE);
    }

    /** Compat: a request without a good credential is only ever said to be answered. */
    public void answered(Asked asked, Outcome outcome) {
        if (policy.isEmpty()) {
            withoutPolicy(asked, outcome);
            return;
        }
        boolean isKnown = asked.asking().isPresent();
        judged(
                asked,
                isKnown ? AuditStage.RESPONSE_COMPLETE : AuditStage.RESPONSE_STARTED,
                outcome);
    }

    /** The answer goes on for long. */
    public void begun(Asked asked, Outcome outcome) {
        if (policy.isEmpty()) {
            withoutPolicy(asked, outcome);
            return;
        }
        judged(asked, AuditStage.RESPONSE_STARTED, outcome);
    }

    /** An answer that went on for long is at its end. */
    public void ended(Asked asked, Outcome outcome) {
        judged(asked, AuditStage.RESPONSE_COMPLETE, outcome);
    }

    private void judged(Asked asked, AuditStage stage, Outcome outcome) {
        policy.ifPresent(current -> write(judge(current, asked), stage, asked, outcome));
    }

    private static AuditDecision judge(Supplier<AuditPolicy> policy, Asked asked) {
        return policy.get().judge(asked.asking(), asked.access());
    }

    private void withoutPolicy(Asked asked, Outcome outcome) {
        counts.addRequest(WITHOUT_POLICY.level());
        write(WITHOUT_POLICY, AuditStage.RESPONSE_COMPLETE, asked, outcome);
    }

    private void write(AuditDecision decision, AuditStage stage, Asked asked, Outcome outcome) {
        if (decision.wants(stage)) {
            counts.addEvent();
            var event =
                    new AuditEvent(
                            decision, stage, asked, outcome.heldFor(decision), clock.instant());
            backends.forEach(each -> each.add(event));
        }
    }
}
