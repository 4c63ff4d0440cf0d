package dev.gantry.gateway.shell.audit;

import dev.gantry.gateway.audit.AuditDecision;
import dev.gantry.gateway.audit.AuditEvent;
import dev.gantry.gateway.audit.AuditEvent.Asked;
import dev.gantry.gateway.audit.AuditEvent.Outcome;
import dev.gantry.gateway.audit.AuditLevel;
import dev.gantry.gateway.audit.AuditPolicy;
import dev.gantry.gateway.audit.AuditStage;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Writes down what the policy of the moment wants. Without a policy that is one entry for each
 * request, when it is answered, without bodies.
 */
public final class AuditTrail {
    private static final AuditDecision WITHOUT_POLICY =
            new AuditDecision(AuditLevel.METADATA, Set.of(), false);

    private final AuditLog log;
    private final Optional<Supplier<AuditPolicy>> policy;
    private final Clock clock;

    public AuditTrail(AuditLog log, Optional<Supplier<AuditPolicy>> policy, Clock clock) {
        this.log = log;
        this.policy = policy;
        this.clock = clock;
    }

    public boolean hasPolicy() {
        return policy.isPresent();
    }

    /** Who asks is known, and nothing else. */
    public void received(Asked asked) {
        judged(asked, AuditStage.REQUEST_RECEIVED, Outcome.NONE);
    }

    /** Compat: a request without a good credential is only ever said to be answered. */
    public void answered(Asked asked, Outcome outcome) {
        if (policy.isEmpty()) {
            write(WITHOUT_POLICY, AuditStage.RESPONSE_COMPLETE, asked, outcome);
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
            write(WITHOUT_POLICY, AuditStage.RESPONSE_COMPLETE, asked, outcome);
            return;
        }
        judged(asked, AuditStage.RESPONSE_STARTED, outcome);
    }

    /** An answer that went on for long is at its end. */
    public void ended(Asked asked, Outcome outcome) {
        judged(asked, AuditStage.RESPONSE_COMPLETE, outcome);
    }

    private void judged(Asked asked, AuditStage stage, Outcome outcome) {
        if (policy.isPresent()) {
            AuditDecision decision = policy.get().get().judge(asked.asking(), asked.access());
            write(decision, stage, asked, outcome);
        }
    }

    private void write(AuditDecision decision, AuditStage stage, Asked asked, Outcome outcome) {
        if (decision.wants(stage)) {
            log.add(
                    new AuditEvent(
                            decision, stage, asked, outcome.heldFor(decision), clock.instant()));
        }
    }
}
