package dev.gantry.controller.identity.bootstraptoken;

import dev.gantry.client.controller.ClusterReader;
import dev.gantry.client.controller.LiveReads;
import dev.gantry.client.controller.ObjectController;
import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.meta.ObjectKey;
import dev.gantry.model.meta.Resource;
import dev.gantry.model.plan.Action;
import dev.gantry.model.plan.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes each token when its time is over. */
public final class TokenCleaner implements ObjectController {
    @Override
    public String component() {
        return "token-cleaner-controller";
    }

    @Override
    public GroupResource resource() {
        return Resources.SECRETS;
    }

    @Override
    public boolean isConcerned(Resource secret) {
        return TokenSecret.isOne(secret) && !secret.isBeingDeleted();
    }

    @Override
    public LiveReads liveReads(ObjectKey key, ClusterReader cluster) {
        return cluster.get(key).filter(this::isConcerned).isPresent()
                ? LiveReads.objects(List.of(key))
                : LiveReads.NONE;
    }

    @Override
    public Plan<Action> reconcile(Resource secret, ClusterReader cluster, Instant now) {
        var token = new TokenSecret(secret);
        Optional<Instant> expiry = token.expiry();
        if (expiry.isEmpty()) {
            return Plan.settled();
        }
        if (now.isBefore(expiry.get())) {
            return Plan.<Action>settled().requeueAt(expiry.get());
        }
        return Plan.of(
                List.of(
                        new Action.Delete(
                                token.key(), secret.uid(), Action.Propagation.BACKGROUND)));
    }
}
