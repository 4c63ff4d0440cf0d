package dev.gantry.state.quota;

import dev.gantry.model.refusal.Refusal;
import dev.gantry.state.log.Change;
import java.util.List;

/** What the quotas of a namespace say to a write. */
public sealed interface QuotaCharge {
    QuotaCharge NOTHING = new Taken(List.of());

    /**
     * @param quotas with what is used from now on; committed together with the write
     */
    record Taken(List<Change> quotas) implements QuotaCharge {}

    record Refused(Refusal why) implements QuotaCharge {}
}
