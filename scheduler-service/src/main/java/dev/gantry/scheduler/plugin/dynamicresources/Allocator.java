package dev.gantry.scheduler.plugin.dynamicresources;

import dev.gantry.model.device.DeviceId;
import dev.gantry.scheduler.snapshot.device.Attribute;
import dev.gantry.scheduler.snapshot.device.DeviceBook;
import dev.gantry.scheduler.snapshot.device.DeviceClaim;
import dev.gantry.scheduler.snapshot.device.DeviceClass;
import dev.gantry.scheduler.snapshot.device.DevicePool;
import dev.gantry.scheduler.snapshot.device.DevicePool.Candidate;
import dev.gantry.scheduler.snapshot.device.DeviceRequest;
import dev.gantry.scheduler.snapshot.device.DeviceRequest.Option;
import dev.gantry.scheduler.snapshot.node.NodeView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds devices for all claims of a pod on one node: claim by claim, request by request, device by
 * device, and back where it goes no further. The first solution is taken.
 *
 * <p>Example: devices d0 (40Gi), d1 (80Gi); request small (any device), then large (80Gi). small
 * gets d0, large d1. Were d1 the first, small would get it, large would find none, and small would
 * be given d0 instead.
 *
 * <p>Compat: structured allocator. Of the devices for one request only combinations are tried, not
 * permutations. Upstream gives up after ten seconds, this one after a number of steps.
 */
final class Allocator {
    /** What came of it. */
    sealed interface Outcome {
        /**
         * @param byClaim in the order of the claims
         */
        record Found(List<List<Grant>> byClaim) implements Outcome {}

        record Nothing() implements Outcome {}

        /** Something is wrong with a claim, a class or a pool; upstream's words. */
        record Failed(String why) implements Outcome {}
    }

    private static final int MOST_DEVICES = 32;
    private static final int MOST_STEPS = 50_000;

    /** One option of one request of one claim, and what is known of it. */
    private static final class Slot {
        private final int claim;
        private final int requestIndex;
        private final DeviceRequest request;
        private final Option option;
        private final Map<DeviceId, Boolean> answers = new HashMap<>();
        private @Nullable List<Candidate> everything;

        /**
         * @param claim by its place in the list
         */
        Slot(int claim, int requestIndex, DeviceRequest request, Option option) {
            this.claim = claim;
            this.requestIndex = requestIndex;
            this.request = request;
            this.option = option;
        }
    }

    /** What the node can use of a pool. */
    private record Reach(DevicePool pool, List<Candidate> candidates) {
        /** Compat: such pools come last. */
        boolean hasConditions() {
            return candidates.stream().anyMatch(each -> !each.device().conditions().areNone());
        }
    }

    private final List<DeviceClaim> claims;
    private final DeviceBook book;
    private final Selectors selectors;
    private final List<Reach> reaches = new ArrayList<>();
    private final List<Candidate> candidates = new ArrayList<>();
    private final List<List<List<Slot>>> slots = new ArrayList<>();
    private final Holdings holdings;
    private final List<List<Grant>> granted = new ArrayList<>();
    private @Nullable String problem;
    private int steps;

    private Allocator(
            List<DeviceClaim> claims, NodeView node, DeviceBook book, Selectors selectors) {
        this.claims = claims;
        this.book = book;
        this.selectors = selectors;
        this.holdings = new Holdings(book.taken());
        for (DevicePool each : book.pools().of(node.name())) {
            List<Candidate> here = each.usableFrom(node.name(), node.facts().labels());
            if (!here.isEmpty()) {
                reaches.add(new Reach(each, here));
            }
        }
        reaches.sort(Comparator.comparing(Reach::hasConditions));
        for (Reach each : reaches) {
            if (!each.pool.isIncomplete() && !each.pool.isInvalid()) {
                candidates.addAll(each.candidates);
            }
        }
        for (int i = 0; i < claims.size(); i++) {
            granted.add(new ArrayList<>());
            slots.add(slots(i, claims.get(i)));
        }
    }

    private static List<List<Slot>> slots(int claim, DeviceClaim of) {
        List<List<Slot>> slots = new ArrayList<>();
        for (DeviceRequest request : of.requests()) {
            List<Slot> options = new ArrayList<>();
            for (Option option : request.options()) {
                options.add(new Slot(claim, slots.size(), request, option));
            }
            slots.add(options);
        }
        return slots;
    }

    static Outcome allocate(
            List<DeviceClaim> claims, NodeView node, DeviceBook book, Selectors selectors) {
        var search = new Allocator(claims, node, book, selectors);
        search.checkSizes();
        boolean isFound = search.problem == null && search.fromRequest(0, 0);
        if (search.problem != null) {
            return new Outcome.Failed(search.problem);
        }
        if (isFound) {
            return new Outcome.Found(search.granted);
        }
        return search.reaches.stream().anyMatch(each -> each.pool.isInvalid())
                ? new Outcome.Failed("invalid resource pools were encountered")
                : new Outcome.Nothing();
    }

    /** A claim holds a bounded number of devices, whichever options are taken. */
    private void checkSizes() {
        for (int i = 0; i < claims.size(); i++) {
            DeviceClaim claim = claims.get(i);
            long least = 0;
            for (List<Slot> options : slots.get(i)) {
                least += options.stream().mapToLong(this::needed).min().orElse(0);
            }
            if (problem == null && least > MOST_DEVICES) {
                problem =
                        "claim %s: number of requested devices %d exceeds the claim limit of %d"
                                .formatted(claim.key(), least, MOST_DEVICES);
            }
        }
    }

    private boolean fromRequest(int claim, int index) {
        if (claim == claims.size()) {
            return true;
        }
        List<List<Slot>> requests = slots.get(claim);
        if (index == requests.size()) {
            return fromRequest(claim + 1, 0);
        }
        for (Slot option : requests.get(index)) {
            if (fill(option, 0, 0)) {
                return true;
            }
            if (problem != null) {
                return false;
            }
        }
        return false;
    }

    /**
     * @param already how many devices the slot has
     * @param from the first candidate to look at: those before have had their turn
     */
    private boolean fill(Slot slot, int already, int from) {
        if (++steps > MOST_STEPS) {
            problem = "timed out trying to allocate devices";
            return false;
        }
        int needed = needed(slot);
        if (needed == 0 || granted.get(slot.claim).size() + needed - already > MOST_DEVICES) {
            return false;
        }
        if (already == needed) {
            return fromRequest(slot.claim, slot.requestIndex + 1);
        }
        if (slot.option.isAll()) {
            return with(slot, everything(slot).get(already), already, 0);
        }
        for (int i = from; i < candidates.size(); i++) {
            boolean isFound =
                    matches(slot, candidates.get(i)) && with(slot, candidates.get(i), already, i);
            if (isFound || problem != null) {
                return isFound;
            }
        }
        return false;
    }

    /** Takes the candidate and goes on; gives it back where that leads nowhere. */
    private boolean with(Slot slot, Candidate candidate, int already, int at) {
        if (!isAllowed(slot, candidate)) {
            if (slot.option.isAll()) {
                problem =
                        "claim %s, request %s: cannot add device %s because a claim constraint would not be satisfied"
                                .formatted(
                                        claims.get(slot.claim).key(),
                                        slot.request.name(),
                                        candidate.device().id());
            }
            return false;
        }
        Optional<Grant> grant = holdings.take(slot.request, slot.option, candidate, slot.claim);
        if (grant.isEmpty()) {
            return false;
        }
        List<Grant> ofClaim = granted.get(slot.claim);
        ofClaim.add(grant.get());
        if (fill(slot, already + 1, at + 1)) {
            return true;
        }
        ofClaim.removeLast();
        holdings.giveBack(grant.get(), slot.claim);
        return false;
    }

    private int needed(Slot slot) {
        return slot.option.isAll() ? everything(slot).size() : slot.option.count();
    }

    private List<Candidate> everything(Slot slot) {
        List<Candidate> known = slot.everything;
        if (known != null) {
            return known;
        }
        List<Candidate> found = new ArrayList<>();
        for (Reach reach : reaches) {
            DevicePool pool = reach.pool;
            if (pool.isIncomplete() || pool.isInvalid()) {
                String state = pool.isIncomplete() ? "being updated" : "invalid";
                problem =
                        "claim %s, request %s: asks for all devices, but resource pool %s is currently %s"
                                .formatted(
                                        claims.get(slot.claim).key(),
                                        slot.request.name(),
                                        pool.id(),
                                        state);
                return List.of();
            }
            for (Candidate each : reach.candidates) {
                if (matches(slot, each)) {
                    found.add(each);
                }
            }
        }
        slot.everything = found;
        return found;
    }

    private boolean matches(Slot slot, Candidate candidate) {
        if (problem != null) {
            return false;
        }
        Boolean known = slot.answers.get(candidate.device().id());
        if (known != null) {
            return known;
        }
        Optional<DeviceClass> deviceClass = book.deviceClass(slot.option.className());
        String claim = claims.get(slot.claim).key();
        boolean holds =
                deviceClass.isPresent()
                        && allHold(
                                deviceClass.get().selectors(),
                                candidate,
                                "class " + slot.option.className())
                        && allHold(slot.option.selectors(), candidate, "claim " + claim);
        slot.answers.put(candidate.device().id(), holds);
        return holds;
    }

    private boolean allHold(List<String> expressions, Candidate candidate, String whose) {
        for (int i = 0; i < expressions.size(); i++) {
            switch (selectors.ask(expressions.get(i), candidate.device())) {
                case Selectors.Answer.Known known -> {
                    if (!known.holds()) {
                        return false;
                    }
                }
                case Selectors.Answer.Failed failed -> {
                    boolean isAboutDevice = failed.why().startsWith("CEL runtime");
                    String device = isAboutDevice ? " on device " + candidate.device().id() : "";
                    problem = "%s: selector #%d%s: %s".formatted(whose, i, device, failed.why());
                    return false;
                }
            }
        }
        return true;
    }

    private boolean isAllowed(Slot slot, Candidate candidate) {
        for (DeviceClaim.Constraint each : claims.get(slot.claim).constraints()) {
            if (each.concerns(slot.request, slot.option)
                    && !isSatisfied(each, candidate, granted.get(slot.claim))) {
                return false;
            }
        }
        return true;
    }

    /** A device without the attribute satisfies neither kind of constraint. */
    private static boolean isSatisfied(
            DeviceClaim.Constraint constraint, Candidate candidate, List<Grant> others) {
        Optional<Attribute> value = candidate.device().attribute(constraint.attribute());
        if (value.isEmpty()) {
            return false;
        }
        for (Grant each : others) {
            if (constraint.concerns(each.request(), each.option())) {
                boolean isSame = each.device().attribute(constraint.attribute()).equals(value);
                if (isSame == constraint.isDistinct()) {
                    return false;
                }
            }
        }
        return true;
    }
}
