package dev.gantry.state.quota;

import dev.gantry.model.kind.Resources;
import dev.gantry.model.meta.GroupResource;
import dev.gantry.model.quantity.Quantity;
import dev.gantry.model.quota.QuotaUsage;
import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.authorization.Write;
import dev.gantry.state.log.Change;
import dev.gantry.state.log.StoredObject;
import dev.gantry.state.view.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Charges writes to the quotas that count them.
 *
 * <p>Compat: {@code CheckRequest} of the admission plugin ResourceQuota, which writes the quota
 * first and gives nothing back where the object is not stored then. The controller corrects {@code
 * status.used} downwards, here as there.
 *
 * <p>Cost: where a namespace has no quota, one look at an empty list. Writes that one quota counts
 * are committed one after another.
 */
public record QuotaCharges(View view) {
    private static final Set<GroupResource> CHANGING_IN_SIZE =
            Set.of(Resources.SERVICES, Resources.PERSISTENT_VOLUME_CLAIMS);

    public QuotaCharge of(Write write, Instant now) {
        if (write.wanted().namespace().isEmpty() || !isCounted(write)) {
            return QuotaCharge.NOTHING;
        }
        List<CountingQuota> quotas = new ArrayList<>();
        for (StoredObject each :
                view.list(Resources.RESOURCE_QUOTAS, write.wanted().namespace()).objects()) {
            var quota = new CountingQuota(each.decode());
            if (quota.counts(write.resource(), write.wanted())) {
                quotas.add(quota);
            }
        }
        return quotas.isEmpty() ? QuotaCharge.NOTHING : of(write, quotas, now);
    }

    private static QuotaCharge of(Write write, List<CountingQuota> quotas, Instant now) {
        for (CountingQuota quota : quotas) {
            Optional<String> unfit = quota.unfit(write.resource(), write.wanted());
            if (unfit.isPresent()) {
                return refused(write, unfit.get());
            }
        }
        SortedMap<String, Quantity> all = QuotaUsage.of(write.resource(), write.wanted(), now);
        List<Change> changes = new ArrayList<>();
        for (CountingQuota quota : quotas) {
            SortedMap<String, Quantity> taken =
                    quota.share(
                            write.stored()
                                    .filter(each -> quota.counts(write.resource(), each))
                                    .map(each -> QuotaUsage.of(write.resource(), each, now))
                                    .map(before -> CountingQuota.more(all, before))
                                    .orElse(all));
            Optional<String> exceeded = quota.exceeded(taken);
            if (exceeded.isPresent()) {
                return refused(write, exceeded.get());
            }
            if (!taken.isEmpty()) {
                changes.add(quota.charged(taken, write.caller().user(), now));
            }
        }
        return new QuotaCharge.Taken(changes);
    }

    /** Compat: {@code Handles} of the evaluators. Events are never counted. */
    private static boolean isCounted(Write write) {
        GroupResource resource = write.resource();
        if (write.stored().isEmpty()) {
            return write.subresource().isEmpty() && !resource.plural().equals("events");
        }
        return resource.equals(Resources.PODS)
                ? write.subresource().equals("resize")
                : write.subresource().isEmpty() && CHANGING_IN_SIZE.contains(resource);
    }

    private static QuotaCharge refused(Write write, String why) {
        return new QuotaCharge.Refused(
                new Refusal.Forbidden(write.resource(), write.wanted().name(), why));
    }
}
