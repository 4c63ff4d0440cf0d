package dev.gantry.model.taint;

import dev.gantry.model.meta.Resource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * How long one that is there already may stay in spite of a NoExecute taint.
 *
 * <p>Example: a taint of 12:00, tolerated for 300 s and, by another toleration, for good: a pod on
 * such a node is out at 12:05, a pod with such a device stays.
 */
public enum Endurance {
    /** Compat: tainteviction's {@code getMinTolerationTime}: any limit counts. */
    ON_NODES,

    /** Compat: devicetainteviction: one toleration without a limit is enough. */
    WITH_DEVICES;

    /**
     * Until when; empty where it is for good. A time that has passed means at once.
     *
     * @param now from when it counts where the taint does not say since when it is there
     */
    public Optional<Instant> end(JsonNode taint, JsonNode tolerations, Instant now) {
        Instant since = Resource.instant(taint.path("timeAdded")).orElse(now);
        boolean isTolerated = false;
        boolean isForGood = false;
        List<Long> limits = new ArrayList<>();
        for (JsonNode each : tolerations) {
            if (Toleration.of(each).tolerates(Taint.of(taint))) {
                JsonNode seconds = each.path("tolerationSeconds");
                isTolerated = true;
                isForGood |= !seconds.isNumber();
                if (seconds.isNumber()) {
                    limits.add(Math.max(0, seconds.asLong()));
                }
            }
        }
        if (!isTolerated) {
            return Optional.of(this == ON_NODES ? now : since);
        }
        return isForGood && this == WITH_DEVICES
                ? Optional.empty()
                : limits.stream().min(Long::compare).map(since::plusSeconds);
    }
}
