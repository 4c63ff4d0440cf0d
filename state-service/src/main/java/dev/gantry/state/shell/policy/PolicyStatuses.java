package dev.gantry.state.shell.policy;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.policy.TypeCheck;
import dev.gantry.state.kind.admissionregistration.policy.ValidatingAdmissionPolicyKind;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.log.WatchCursor;
import dev.gantry.state.shell.catalog.CustomResourceDefinitions.Ground;
import java.time.Duration;

/**
 * Follows the ValidatingAdmissionPolicies and writes what checking their expressions found, once
 * for each generation. Of several replicas only the one that leads gets a write through.
 *
 * <p>Compat: {@code pkg/controller/validatingadmissionpolicystatus}.
 */
public final class PolicyStatuses implements AutoCloseable {
    private static final Kind POLICY = ValidatingAdmissionPolicyKind.KIND;
    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration NEXT_LOOK = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final Ground ground;
    private final Loop loop = new Loop("state-policy-statuses", this::run);

    public PolicyStatuses(Ground ground) {
        this.ground = ground;
    }

    public PolicyStatuses start() {
        loop.start();
        return this;
    }

    @Override
    public void close() {
        loop.close();
    }

    private void run() throws InterruptedException {
        while (!ground.readiness().await(NEXT_LOOK)) {
            if (loop.isClosed()) {
                return;
            }
        }
        while (!loop.isClosed()) {
            StateLog.Snapshot snapshot = ground.log().list(POLICY.resource(), "");
            for (StoredObject each : snapshot.objects()) {
                check(each.decode());
            }
            await(snapshot);
        }
    }

    private void check(Resource policy) {
        if (policy.status().path("observedGeneration").asLong(0) >= policy.generation()) {
            return;
        }
        Resource checked = policy.copy();
        checked.tree().set("status", TypeCheck.status(policy, ground.catalog().get()));
        ground.instances().putStatus(POLICY, checked);
    }

    private void await(StateLog.Snapshot seen) throws InterruptedException {
        try (WatchCursor cursor = ground.log().watch(POLICY.resource(), seen.revision())) {
            cursor.poll(REST);
        } catch (WatchCursor.TooOld | WatchCursor.Closed gone) {
            loop.pause(MOMENT);
        }
    }
}
