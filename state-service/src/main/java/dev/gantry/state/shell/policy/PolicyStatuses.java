package dev.gantry.state.shell.policy;

import dev.gantry.client.shell.loop.Loop;
import dev.gantry.model.kind.Kind;
import dev.gantry.model.meta.Resource;
import dev.gantry.state.admission.policy.TypeCheck;
import dev.gantry.state.kind.admissionregistration.policy.ValidatingAdmissionPolicyKind;
import dev.gantry.state.log.StateLog;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.shell.catalog.Dependencies;
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

    private final Dependencies dependencies;
    private final Loop loop = new Loop("state-policy-statuses", this::run);

    public PolicyStatuses(Dependencies dependencies) {
        this.dependencies = dependencies;
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
        dependencies.awaitReady(loop);
        while (!loop.isClosed()) {
            StateLog.Snapshot snapshot = dependencies.log().list(POLICY.resource(), "");
            for (StoredObject each : snapshot.objects()) {
                check(each.decode());
            }
            dependencies.awaitChange(POLICY.resource(), snapshot, REST, loop);
        }
    }

    private void check(Resource policy) {
        if (policy.status().path("observedGeneration").asLong(0) >= policy.generation()) {
            return;
        }
        Resource checked = policy.copy();
        checked.tree().set("status", TypeCheck.status(policy, dependencies.catalog().get()));
        dependencies.instances().putStatus(POLICY, checked);
    }
}
